package io.procession.transport.socket;

import io.procession.transport.TransportAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where a listener is: an address of the loopback interface, a port, and the folder of the private directory in which passes are left for it. Written
 * {@code 127.0.0.1:40123/name-socket1}. What comes from elsewhere is not believed: no other host is connected to, no folder elsewhere written to.
 */
record Endpoint(InetAddress host, int port, String folder) {
    private static final String IPV4 = "127.0.0.1:";
    private static final String IPV6 = "[::1]:";

    static Endpoint parse(TransportAddress address) throws IOException {
        String value = address.value();
        int slash = value.indexOf('/');
        String folder = value.substring(slash + 1);
        if (slash > 0 && isPlainName(folder)) {
            if (value.startsWith(IPV4)) {
                return new Endpoint(Loopback.IPV4, port(address, value.substring(IPV4.length(), slash)), folder);
            }
            if (value.startsWith(IPV6)) {
                return new Endpoint(Loopback.IPV6, port(address, value.substring(IPV6.length(), slash)), folder);
            }
        }
        throw noAddress(address);
    }

    private static int port(TransportAddress address, String text) throws IOException {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 1 << 16) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw noAddress(address);
        }
        throw noAddress(address);
    }

    private static boolean isPlainName(String folder) {
        for (int i = 0; i < folder.length(); i++) {
            char c = folder.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
            if (!plain) {
                return false;
            }
        }
        return !folder.isEmpty();
    }

    private static IOException noAddress(TransportAddress address) {
        return new IOException("nobody listens at " + address + ", which is not the form 127.0.0.1:PORT/FOLDER");
    }

    InetSocketAddress socketAddress() {
        return new InetSocketAddress(host, port);
    }

    TransportAddress address() {
        return new TransportAddress(
                SocketTransport.ID, (host.equals(Loopback.IPV6) ? IPV6 : IPV4) + port + "/" + folder);
    }
}
