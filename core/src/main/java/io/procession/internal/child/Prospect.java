package io.procession.internal.child;

import io.procession.internal.codec.EncodeTarget;
import io.procession.internal.connection.KnownTransports;
import io.procession.transport.Transport;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A child that is not started yet, as who encodes for it needs to know it: what transports it will have, as far as its class path tells that for certain. Asked only for values that contain handles.
 */
public final class Prospect {
    private static final String SERVICE = "META-INF/services/" + Transport.class.getName();

    private Prospect() {}

    /**
     * Looks at how a child will be started.
     *
     * @param name what to call it
     * @param jvm how its JVM will be started
     * @return what is known of it; its transports are null if they cannot be told before it runs
     */
    public static EncodeTarget of(String name, JvmOptions jvm) {
        return new EncodeTarget(name, transports(jvm));
    }

    private static @Nullable Set<String> transports(JvmOptions jvm) {
        if (CommandLine.choosesClassPath(jvm)) {
            String classPath = CommandLine.chosenClassPath(jvm);
            return classPath == null ? null : on(classPath, jvm.directory());
        }
        KnownTransports told = jvm.classPath() == null ? KnownTransports.current() : null;
        return told == null ? null : Set.copyOf(told.usable());
    }

    /** The ids of those that a class path offers; null if there is one that is not known here, or a part of the path cannot be looked at. */
    private static @Nullable Set<String> on(String classPath, @Nullable Path directory) {
        try (URLClassLoader loader =
                new URLClassLoader(urls(classPath, directory), ClassLoader.getPlatformClassLoader())) {
            Map<String, String> known = idsByProvider();
            Set<String> ids = new HashSet<>();
            for (URL file : Collections.list(loader.findResources(SERVICE))) {
                for (String provider : providers(file)) {
                    String id = known.get(provider);
                    if (id == null) {
                        return null;
                    }
                    ids.add(id);
                }
            }
            return ids;
        } catch (IOException | InvalidPathException | ServiceConfigurationError | LinkageError unreadable) {
            return null; // then the process itself is to judge
        }
    }

    private static URL[] urls(String classPath, @Nullable Path directory) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        Path base = directory == null ? Path.of("") : directory;
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            urls.add(base.resolve(entry).toAbsolutePath().toUri().toURL());
        }
        return urls.toArray(new URL[0]);
    }

    private static Map<String, String> idsByProvider() {
        Map<String, String> ids = new HashMap<>();
        for (Transport transport : ServiceLoader.load(Transport.class, Prospect.class.getClassLoader())) {
            ids.put(transport.getClass().getName(), transport.id());
        }
        return ids;
    }

    /** The lines of a file of services, as {@link ServiceLoader} reads them. */
    private static List<String> providers(URL file) throws IOException {
        URLConnection connection = file.openConnection();
        connection.setUseCaches(false); // which would keep the jar open
        List<String> providers = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int comment = line.indexOf('#');
                String provider = (comment < 0 ? line : line.substring(0, comment)).strip();
                if (!provider.isEmpty()) {
                    providers.add(provider);
                }
            }
        }
        return providers;
    }
}
