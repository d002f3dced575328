package io.procession.transport.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Guarded;
import io.procession.transport.Link;
import io.procession.transport.tck.Recorder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Guarded(seconds = 120)
class PipeLinkTest {
    @TempDir
    Path directory;

    private static void expect(Recorder recorder, ByteBuffer frame) throws InterruptedException {
        assertThat(recorder.frames().poll(60, TimeUnit.SECONDS)).isEqualTo(frame);
    }

    @Test
    void framesOfAllSizesArriveWholeAndInOrderBothWays() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        try (Site site = new Site(directory)) {
            Recorder client = new Recorder();
            Link link = site.connect(client);
            Site.Accepted host = site.nextAccepted();
            for (int i = 0; i < 3000; i++) {
                int length = 12 + random.nextInt(i % 3 == 0 ? link.maxFrameBytes() - 11 : 200);
                link.send(Frames.numbered(i, length));
                host.link().send(Frames.numbered(-i, length));
            }
            random.setSeed(seed);
            for (int i = 0; i < 3000; i++) {
                int length = 12 + random.nextInt(i % 3 == 0 ? link.maxFrameBytes() - 11 : 200);
                expect(host.recorder(), Frames.numbered(i, length));
                expect(client, Frames.numbered(-i, length));
            }
            link.close();
            assertThat(client.closed().get(60, TimeUnit.SECONDS)).isNull();
            assertThat(host.recorder().closed().get(60, TimeUnit.SECONDS)).isNull();
            assertThat(client.defects()).isEmpty();
            assertThat(host.recorder().defects()).isEmpty();
        }
    }

    @Test
    void aFrameMadeOfPartsArrivesAsOneAndTheBuffersStayAsTheyWere() throws Exception {
        try (Site site = new Site(directory)) {
            Recorder client = new Recorder();
            try (Link link = site.connect(client)) {
                Site.Accepted host = site.nextAccepted();
                ByteBuffer first =
                        ByteBuffer.allocateDirect(20).putInt(4, 12).position(4).limit(8);
                ByteBuffer empty = ByteBuffer.allocate(0);
                ByteBuffer last = ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 8)
                        .asReadOnlyBuffer();
                assertThat(link.send(first, empty, last)).isEqualTo(1);
                expect(host.recorder(), ByteBuffer.wrap(new byte[] {0, 0, 0, 12, 1, 2, 3, 4, 5, 6, 7, 8}));
                assertThat(first.position()).isEqualTo(4);
                assertThat(last.position()).isEqualTo(1);
                Awaitility.await().until(() -> link.written() == 1); // who writes says so after the bytes can be read
            }
        }
    }

    @Test
    void sendReturnsThoughThePeerDoesNotReadAndEverythingArrivesWhenItDoes() throws Exception {
        try (Site site = new Site(directory)) {
            Recorder client = new Recorder();
            try (Link link = site.connect(client)) {
                Site.Accepted host = site.nextAccepted();
                host.link().pause();
                int frames = 2000;
                for (int i = 0; i < frames; i++) {
                    assertThat(link.send(Frames.numbered(i, 4096 + i))).isEqualTo(i + 1);
                }
                assertThat(link.written()).isLessThan(frames);
                host.link().resume();
                for (int i = 0; i < frames; i++) {
                    expect(host.recorder(), Frames.numbered(i, 4096 + i));
                }
                Awaitility.await()
                        .untilAsserted(() -> assertThat(link.written()).isEqualTo(frames));
                Awaitility.await()
                        .untilAsserted(() -> assertThat(client.written()).isEqualTo(frames));
            }
            assertThat(client.defects()).isEmpty();
        }
    }

    @Test
    void closingEndsAWriteThatBlocks() throws Exception {
        try (Site site = new Site(directory)) {
            Recorder client = new Recorder();
            Link link = site.connect(client);
            Site.Accepted host = site.nextAccepted();
            host.link().pause();
            for (int i = 0; i < 100; i++) {
                link.send(Frames.numbered(i, link.maxFrameBytes()));
            }
            link.close();
            assertThat(client.closed().get(60, TimeUnit.SECONDS)).isNull();
            long written = link.written();
            assertThat(link.send(Frames.numbered(0, 100))).isGreaterThan(written);
            host.link().resume();
            assertThat(host.recorder().closed().get(60, TimeUnit.SECONDS)).isNull();
            assertThat(host.recorder().received()).isGreaterThanOrEqualTo(written);
            assertThat(client.defects()).isEmpty();
        }
    }

    @Test
    void whatWasWrittenBeforeTheCloseStillArrives() throws Exception {
        try (Site site = new Site(directory)) {
            for (int round = 0; round < 50; round++) {
                Link link = site.connect(new Recorder());
                Site.Accepted host = site.nextAccepted();
                for (int i = 0; i < 30; i++) {
                    link.send(Frames.numbered(i, 100));
                }
                Awaitility.await().until(() -> link.written() == 30);
                link.close();
                assertThat(host.recorder().closed().get(60, TimeUnit.SECONDS)).isNull();
                assertThat(host.recorder().received()).isEqualTo(30);
            }
        }
    }

    @Test
    void anInterruptedCallerSendsAsBeforeAndStaysInterrupted() throws Exception {
        try (Site site = new Site(directory)) {
            try (Link link = site.connect(new Recorder())) {
                Site.Accepted host = site.nextAccepted();
                Thread caller = Thread.currentThread();
                Thread pest = new Thread(() -> {
                    while (host.recorder().received() < 100_000) {
                        caller.interrupt();
                    }
                });
                pest.start();
                for (int i = 0; i < 100_000; i++) {
                    link.send(Frames.numbered(i, 50));
                    if (i % 100 == 0) {
                        Thread.interrupted();
                    }
                }
                while (pest.isAlive()) {
                    try {
                        pest.join();
                    } catch (InterruptedException e) {
                        // that is its work
                    }
                }
                caller.interrupt();
                link.send(Frames.numbered(100_000, 50));
                assertThat(Thread.interrupted()).isTrue();
                for (int i = 0; i <= 100_000; i++) {
                    assertThat(Frames.number(host.recorder().frames().take())).isEqualTo(i);
                }
            }
        }
    }

    @Test
    void manyThreadsSendAtOnceAndEachKeepsItsOrder() throws Exception {
        int threads = 8;
        int frames = 20_000;
        try (Site site = new Site(directory)) {
            Recorder client = new Recorder();
            try (Link link = site.connect(client)) {
                Site.Accepted host = site.nextAccepted();
                for (int t = 0; t < threads; t++) {
                    long base = (long) t << 32;
                    new Thread(() -> {
                                for (int i = 0; i < frames; i++) {
                                    link.send(Frames.numbered(base + i, 12 + i % 300));
                                }
                            })
                            .start();
                }
                int[] next = new int[threads];
                for (int i = 0; i < threads * frames; i++) {
                    ByteBuffer frame = host.recorder().frames().poll(60, TimeUnit.SECONDS);
                    long number = Frames.number(frame);
                    assertThat((int) number).isEqualTo(next[(int) (number >> 32)]++);
                    assertThat(frame).isEqualTo(Frames.numbered(number, 12 + (int) number % 300));
                }
                Awaitility.await().until(() -> link.written() == (long) threads * frames);
            }
            assertThat(client.defects()).isEmpty();
        }
    }

    @Test
    void whoWaitsReceivesOnItsOwnThreadOnceTheReaderThreadHasStoodAside() throws Exception {
        Thread here = Thread.currentThread();
        AtomicInteger received = new AtomicInteger();
        AtomicBoolean receivedHere = new AtomicBoolean();
        Recorder counting = new Recorder() {
            @Override
            public void onFrame(Link link, ByteBuffer frame) {
                if (Thread.currentThread() == here) {
                    receivedHere.set(true);
                }
                received.incrementAndGet();
            }
        };
        try (Site site = new Site(directory);
                Link link = site.connect(counting)) {
            Link host = site.nextAccepted().link();
            for (int number = 1; !receivedHere.get(); number++) {
                int next = number;
                host.send(Frames.numbered(next, 40));
                while (!link.receiveHere(() -> received.get() >= next, 50_000) && received.get() < next) {
                    Thread.onSpinWait();
                }
            }
            assertThat(received.get()).isPositive();
        }
    }
}
