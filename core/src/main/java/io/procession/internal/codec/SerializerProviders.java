package io.procession.internal.codec;

import io.procession.codec.SerializationException;
import io.procession.codec.Serializer;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds serializers on the class path and module path, next to the one that is built in. */
final class SerializerProviders {
    private SerializerProviders() {}

    static Serializer choose(@Nullable String named) {
        if (KryoSerializer.ID.equals(named)) {
            return new KryoSerializer();
        }
        List<Serializer> found = find();
        if (named == null && found.isEmpty()) {
            return new KryoSerializer();
        }
        List<Serializer> fitting = new ArrayList<>();
        for (Serializer serializer : found) {
            if (named == null || named.equals(serializer.id())) {
                fitting.add(serializer);
            }
        }
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        throw new SerializationException("", problem(named, found, fitting.size()), null);
    }

    private static List<Serializer> find() {
        List<Serializer> found = new ArrayList<>();
        try {
            for (Serializer serializer : ServiceLoader.load(Serializer.class, Classes.currentLoader())) {
                found.add(serializer);
            }
        } catch (ServiceConfigurationError broken) {
            throw new SerializationException("", "a serializer cannot be loaded: " + broken.getMessage(), broken);
        }
        return found;
    }

    private static String problem(@Nullable String named, List<Serializer> found, int fitting) {
        StringBuilder text = new StringBuilder();
        if (named == null) {
            text.append("there are ").append(fitting).append(" serializers and none is chosen");
        } else {
            text.append(fitting == 0 ? "there is no serializer '" : "there are several serializers '")
                    .append(named)
                    .append("'");
        }
        text.append("; found: ").append(KryoSerializer.ID).append(" (built in)");
        for (Serializer serializer : found) {
            text.append(", ").append(serializer.id()).append(" (");
            text.append(serializer.getClass().getName()).append(")");
        }
        return text.append("; choose one by -Dprocession.serializer=<id>").toString();
    }
}
