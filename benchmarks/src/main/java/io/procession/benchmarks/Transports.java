package io.procession.benchmarks;

import io.procession.transport.Transport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The transports that take part, and those that cannot.
 *
 * @param ids of those that work here, sorted
 * @param refused why the others do not, by id
 */
public record Transports(List<String> ids, Map<String, String> refused) {
    /** Copies the list. */
    public Transports {
        ids = List.copyOf(ids);
    }

    /**
     * Chooses.
     *
     * @param wanted ids; all that work here if empty
     * @throws IllegalArgumentException if one of them does not exist or does not work here, with the reason
     */
    public static Transports choose(Set<String> wanted) {
        List<String> usable = new ArrayList<>();
        Map<String, String> refused = new TreeMap<>();
        ServiceLoader.load(Transport.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Transport::id))
                .forEach(transport -> {
                    if (transport.availability().usable()) {
                        usable.add(transport.id());
                    } else {
                        refused.put(transport.id(), transport.availability().reason());
                    }
                });
        Set<String> missing = new TreeSet<>(wanted);
        usable.forEach(missing::remove);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("no transport " + missing + " works here; there are " + usable
                    + (refused.isEmpty() ? "" : ", and not usable: " + refused));
        }
        if (usable.isEmpty()) {
            throw new IllegalStateException("no transport works here: " + refused);
        }
        return new Transports(
                usable.stream()
                        .filter(id -> wanted.isEmpty() || wanted.contains(id))
                        .toList(),
                refused);
    }
}
