package io.procession.benchmarks;

import io.procession.benchmarks.subjects.AeronCrowd;
import io.procession.benchmarks.subjects.AeronFlood;
import io.procession.benchmarks.subjects.AgronaCrowd;
import io.procession.benchmarks.subjects.AgronaFlood;
import io.procession.benchmarks.subjects.AgronaRings;
import io.procession.benchmarks.subjects.ChronicleDirectory;
import io.procession.benchmarks.subjects.ChronicleFlood;
import io.procession.benchmarks.subjects.SlotRing;
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

    /** A limit: what several takers cost who each claim an item, when nothing of it survives a death. */
    Field claimedSlots(Field field, int warmUps, int messages) {
        for (String idle : WAIT) {
            field.peer("ring of claimed slots, " + idle, commands.java(SlotRing.class, idle, warmUps, messages));
        }
        return field;
    }

    /** Chronicle Queue, which keeps all that was written. */
    Field chronicle(Field field, int bytes, int warmUps, int messages) {
        for (String idle : WAIT) {
            field.peer("Chronicle Queue, " + idle, chronicle(idle, bytes, warmUps, messages, 1));
        }
        return field;
    }

    /** Several writers, and as many readers. Backing off only: more processes that spin than there are cores wait for each other's time slices. */
    Field crowds(Field field, int bytes, int warmUps, int messages, int pairs) {
        String idle = "back-off";
        return field.peer(
                        "Agrona rings, " + idle + ", one for each reader",
                        commands.java(AgronaRings.FLAGS, AgronaCrowd.class, idle, bytes, warmUps, messages, pairs))
                .peer(
                        "Aeron IPC, " + idle + ", each reader sees all",
                        commands.java(AgronaRings.FLAGS, AeronCrowd.class, idle, bytes, warmUps, messages, pairs))
                .peer(
                        "Chronicle Queue, " + idle + ", each reader sees all",
                        chronicle(idle, bytes, warmUps, messages, pairs));
    }

    private List<String> chronicle(String idle, int bytes, int warmUps, int messages, int pairs) {
        return commands.peer(ChronicleDirectory.flags(), ChronicleFlood.class, idle, bytes, warmUps, messages, pairs);
    }
}
