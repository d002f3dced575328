package io.procession.tck.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.transport.Transport;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path of this JVM without one of its transports, for children that shall lack it. */
public final class ClassPathWithout {
    private ClassPathWithout() {}

    /**
     * Leaves out the place from which a transport comes.
     *
     * @param id of the transport, which is in one place
     * @return the rest, as a flag takes it
     */
    public static String transport(String id) {
        List<Path> places = new ArrayList<>();
        for (Transport each : ServiceLoader.load(Transport.class)) {
            if (each.id().equals(id)) {
                places.add(Path.of(URI.create(each.getClass()
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString())));
            }
        }
        assertThat(places).hasSize(1);
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !places.contains(Path.of(entry).toAbsolutePath()))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
