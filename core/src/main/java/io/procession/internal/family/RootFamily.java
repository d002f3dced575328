package io.procession.internal.family;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes a new family with this process as its root. */
final class RootFamily {
    private RootFamily() {}

    /** Makes it in the first place that can be used. */
    static Family create() {
        try {
            return create(Places.choose());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * Makes it in the given place. The directory is made and locked under another name and then renamed, so that a sweeper never meets
     * a family without a lock.
     */
    static Family create(File place) throws IOException {
        long incarnation = Randomness.incarnation();
        String name = ProcessIdentity.shortName(Randomness.incarnation());
        File staging = new File(place, Sweep.STAGING + name);
        File directory = new File(place, Sweep.FAMILY + name);
        Places.createPrivate(staging.toPath());
        OwnFamilies.add(staging);
        OwnFamilies.add(directory);
        Sweep.run(place, staging.lastModified());
        Participants participants = Participants.join(staging, incarnation);
        if (!staging.renameTo(directory)) {
            throw new IOException("cannot rename " + staging + " to " + directory);
        }
        StatusPage.create(directory, incarnation);
        ProcessIdentity self = new ProcessIdentity(incarnation, OwnPid.read(), "main");
        StatusPage status = StatusPage.open(directory, self);
        ExitSequence.register(ExitSequence.Stage.GOODBYE, new Goodbye(status));
        ExitSequence.register(ExitSequence.Stage.FAMILY, new Removal(directory));
        status.state(StatusPage.State.STARTED);
        return new Family(
                new Membership(directory, self, self, 0, false, false), true, directory, participants, status);
    }

    private static final class Removal implements Runnable {
        private final File directory;

        Removal(File directory) {
            this.directory = directory;
        }

        @Override
        public void run() {
            Sweep.delete(directory);
        }
    }
}
