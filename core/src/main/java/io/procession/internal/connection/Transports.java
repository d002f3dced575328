package io.procession.internal.connection;

import io.procession.transport.Availability;
import io.procession.transport.Transport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transports a process has, and the choice among them. Immutable. Every child comes by here as it starts, so there is no stream and no lambda:
 * the first of them in a JVM cost 10 to 30 ms.
 */
public final class Transports {
    /** Who is taken when nobody is named: the fastest first; others after them, by id. */
    private static final List<String> ORDER = List.of("shm", "socket", "pipe");

    private final List<Transport> found;
    private final List<String> broken;
    private final @Nullable String configured;

    private Transports(List<Transport> found, List<String> broken, @Nullable String configured) {
        this.found = new ArrayList<>(found);
        this.found.sort(new ByRank());
        this.broken = broken;
        this.configured = configured;
    }

    /**
     * The transports on the class path or module path.
     *
     * @param configured the id taken where none is named, or null for the best that can be used
     * @return what {@link ServiceLoader} finds from where this library was loaded
     */
    public static Transports installed(@Nullable String configured) {
        List<Transport> found = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        Iterator<Transport> providers = ServiceLoader.load(Transport.class, Transports.class.getClassLoader())
                .iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return new Transports(found, broken, configured);
                }
                found.add(providers.next());
            } catch (ServiceConfigurationError | LinkageError unusable) {
                broken.add("a provider that cannot be loaded: " + unusable.getMessage());
            }
        }
    }

    /**
     * Those that the parent has found.
     *
     * @return null if one of them is not here, or not as there: then they are to be looked for
     */
    static @Nullable Transports known(@Nullable String configured, KnownTransports known) {
        List<Transport> found = new ArrayList<>();
        try {
            for (String provider : known.providers()) {
                Class<?> type = Class.forName(provider, true, Transports.class.getClassLoader());
                found.add((Transport) type.getConstructor().newInstance());
            }
        } catch (ReflectiveOperationException | LinkageError | ClassCastException different) {
            return null;
        }
        return new Transports(found, List.of(), configured);
    }

    /**
     * What a child with the same class path can be told.
     *
     * @param usable the ids of those that can be used
     * @return null if it must search for itself
     */
    @Nullable
    KnownTransports known(Set<String> usable) {
        if (found.isEmpty() || !broken.isEmpty() || Transports.class.getModule().isNamed()) {
            return null;
        }
        if (usable.size() < found.size()) {
            return null; // what is refused now, for want of descriptors perhaps, may work there
        }
        List<String> providers = new ArrayList<>();
        for (Transport transport : found) {
            providers.add(transport.getClass().getName());
        }
        boolean opened = usable.contains("socket"); // to find out whether it can be used has opened a channel
        return new KnownTransports(providers, List.copyOf(usable), opened ? KnownTransports.selectorsInUse() : "");
    }

    /**
     * Exactly these.
     *
     * @param transports all there are
     * @return the choice among them
     */
    public static Transports of(Transport... transports) {
        return new Transports(List.of(transports), List.of(), null);
    }

    /**
     * The ids of what can be used here.
     *
     * @return a copy
     */
    public Set<String> usable() {
        Set<String> ids = new HashSet<>();
        for (Transport transport : found) {
            if (transport.availability().usable()) {
                ids.add(transport.id());
            }
        }
        return ids;
    }

    /**
     * Chooses.
     *
     * @param id the transport wanted, which is used or the call fails; null for the configured one, or else the first that can be used of
     *     {@code shm}, {@code socket}, {@code pipe} and then others by id
     * @return a transport that can be used here
     * @throws IllegalStateException if there is none; the text lists what was found, why each was refused, and what to add
     */
    public Transport select(@Nullable String id) {
        String wanted = id == null ? configured : id;
        refuseTwins();
        Transport chosen = null;
        for (Transport transport : found) {
            boolean candidate = wanted == null || wanted.equals(transport.id());
            if (candidate && transport.availability().usable()) {
                chosen = transport;
                break;
            }
        }
        if (chosen == null) {
            throw new IllegalStateException(complaint(wanted, id == null));
        }
        return chosen;
    }

    private void refuseTwins() {
        for (int i = 1; i < found.size(); i++) {
            Transport one = found.get(i - 1);
            Transport other = found.get(i);
            if (one.id().equals(other.id())) {
                throw new IllegalStateException("two transports call themselves '" + one.id() + "': " + origin(one)
                        + " and " + origin(other) + "; remove one of them from the class path");
            }
        }
    }

    private String complaint(@Nullable String wanted, boolean byProperty) {
        StringBuilder text = new StringBuilder();
        if (wanted == null) {
            text.append("no transport can be used");
        } else {
            text.append("the transport '").append(wanted).append("'");
            text.append(byProperty ? " (from the property procession.transport)" : "")
                    .append(" cannot be used");
        }
        text.append("; found: ");
        List<String> reasons = new ArrayList<>(broken);
        for (Transport transport : found) {
            Availability availability = transport.availability();
            reasons.add(transport.id() + " (" + (availability.usable() ? "usable" : availability.reason()) + ")");
        }
        text.append(reasons.isEmpty() ? "none" : String.join(", ", reasons));
        return text.append(remedy(wanted)).toString();
    }

    /** What to add, or which name to correct; nothing if the wanted one is there and says itself why it cannot be used. */
    private String remedy(@Nullable String wanted) {
        if (wanted != null && !ORDER.contains(wanted)) {
            return isFound(wanted) ? "" : "; no transport has that name, the usual ones are shm, socket and pipe";
        }
        String artifact = wanted == null ? "pipe" : wanted;
        if (isFound(artifact)) {
            return "";
        }
        return "; add io.procession:procession-transport-" + artifact + " to the class path (if it is in a jar"
                + " that was made of many, their files in META-INF/services must be joined)";
    }

    private boolean isFound(String id) {
        for (Transport transport : found) {
            if (transport.id().equals(id)) {
                return true;
            }
        }
        return false;
    }

    private static String origin(Transport transport) {
        var source = transport.getClass().getProtectionDomain().getCodeSource();
        return transport.getClass().getName() + (source == null ? "" : " from " + source.getLocation());
    }

    private static final class ByRank implements Comparator<Transport> {
        @Override
        public int compare(Transport one, Transport other) {
            int byRank = Integer.compare(rank(one), rank(other));
            return byRank == 0 ? one.id().compareTo(other.id()) : byRank;
        }

        private static int rank(Transport transport) {
            int place = ORDER.indexOf(transport.id());
            return place < 0 ? ORDER.size() : place;
        }
    }
}
