package io.procession.benchmarks;

import io.procession.benchmarks.subjects.AeronFlood;
import io.procession.benchmarks.subjects.AgronaFlood;
import io.procession.benchmarks.subjects.AgronaRings;
import io.procession.benchmarks.subjects.ChronicleDirectory;
import io.procession.benchmarks.subjects.ChronicleFlood;
import java.util.List;

/** Peers that pass messages through memory that two JVMs share. */
final class MemoryPeers {
    /** How those that poll wait: both are measured, since one burns two cores and the other is slow. */
    static final List<String> WAIT = List.of("spin", "back-off");

    private final Commands commands;

    MemoryPeers(Commands commands) {
        this.commands = commands;
    }

    /** Aeron and Agrona, one way. */
    Field flood(Field field, int bytes, int warmUps, int messages) {
        for (String idle : WAIT) {
            field.peer(
                            "Agrona ring, " + idle,
                            commands.java(AgronaRings.FLAGS, AgronaFlood.class, idle, bytes, warmUps, messages))
                    .peer(
                            "Aeron IPC, " + idle,
                            commands.java(AgronaRings.FLAGS, AeronFlood.class, idle, bytes, warmUps, messages));
        }
        return field;
    }

    /** Chronicle Queue, which keeps all that was written. */
    Field chronicle(Field field, int bytes, int warmUps, int messages, int pairs) {
        for (String idle : WAIT) {
            field.peer(
                    "Chronicle Queue, " + idle + (pairs == 1 ? "" : ", each reader sees all"),
                    commands.peer(
                            ChronicleDirectory.flags(), ChronicleFlood.class, idle, bytes, warmUps, messages, pairs));
        }
        return field;
    }
}
