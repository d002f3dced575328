package io.procession.internal.family;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes a new family with this process as its root. */
final class RootFamily {
    private static final int MAX_ATTEMPTS = 20;

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
     * a family without a lock. What it meets before the lock it takes for the rest of a dead process and removes, for a process can be killed in that
     * moment too; then this one begins again.
     */
    static Family create(File place) throws IOException {
        Sweep.run(place);
        IOException last = null;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            long incarnation = Randomness.incarnation();
            String name = ProcessIdentity.shortName(Randomness.incarnation());
            File staging = new File(place, Sweep.STAGING + name);
            File directory = new File(place, Sweep.FAMILY + name);
            OwnFamilies.add(staging);
            OwnFamilies.add(directory);
            Places.createPrivate(staging.toPath());
            Participants participants = null;
            try {
                participants = Participants.found(staging, incarnation);
                // The file is looked for under the new name, under which no sweeper removes it: one may have begun
                // before the lock.
                if (staging.renameTo(directory) && new File(directory, Participants.FILE_NAME).exists()) {
                    return settle(directory, incarnation, participants);
                }
                last = new IOException("cannot rename " + staging + " to " + directory);
            } catch (IOException e) {
                last = e;
            }
            if (participants != null) {
                participants.close();
            }
            Sweep.delete(staging);
            Sweep.delete(directory);
        }
        throw new IOException("cannot make a private directory in " + place, last);
    }

    private static Family settle(File directory, long incarnation, Participants participants) throws IOException {
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
