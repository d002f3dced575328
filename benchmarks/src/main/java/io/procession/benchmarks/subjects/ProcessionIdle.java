package io.procession.benchmarks.subjects;

import io.procession.process.Process;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Processes that wait for something that does not come. Arguments: how many, seconds to watch. */
public final class ProcessionIdle {
    private ProcessionIdle() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        List<Process> children = new ArrayList<>();
        try {
            for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
                children.add(Process.start(() -> new CountDownLatch(1).await()));
            }
            IdleCpu.watch(
                    Double.parseDouble(arguments[1]),
                    children.stream().mapToLong(Process::pid).toArray());
        } finally {
            children.forEach(Process::close);
        }
    }
}
