package io.procession.process;

import io.procession.internal.child.Entry;
import io.procession.internal.child.JvmOptions;
import io.procession.internal.child.Prospect;
import io.procession.internal.child.Visibility;
import io.procession.internal.codec.Codec;
import io.procession.internal.codec.Encoded;
import io.procession.task.Action;
import java.util.List;

/** What a process is to run, until it is started. */
interface Target {
    /**
     * Encodes it, having checked that the new JVM can load it.
     *
     * @param name of the process, for messages
     */
    Entry encode(String name, JvmOptions jvm);

    /** A function. */
    record Function(Action action) implements Target {
        @Override
        public Entry encode(String name, JvmOptions jvm) {
            Visibility.check(action, jvm.classPath());
            Encoded encoded = Codec.standard().encodeSelfContained(action);
            if (encoded.hasHandles()) { // only then it matters what the process will have
                encoded = Codec.standard().encodeSelfContained(action, Prospect.of("process " + name, jvm));
            }
            return Entry.action(encoded.parts());
        }
    }

    /** A main class that this JVM can load too. */
    record MainClass(Class<?> main, List<String> arguments) implements Target {
        @Override
        public Entry encode(String name, JvmOptions jvm) {
            Visibility.check(main, jvm.classPath());
            return Entry.main(main.getName(), arguments);
        }
    }

    /** A main class of a class path that this JVM need not have. */
    record MainName(String main, List<String> arguments) implements Target {
        @Override
        public Entry encode(String name, JvmOptions jvm) {
            return Entry.main(main, arguments);
        }
    }
}
