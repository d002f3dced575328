package io.procession.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of one file, as a worker sends it back.
 *
 * @param file the file
 * @param hex the digest in hexadecimal digits
 * @param pid the process that computed it
 */
public record Checksum(Path file, String hex, long pid) {
    private static final int BUFFER_BYTES = 1 << 16;

    /** Reads a file and computes its digest, in whichever process this is called. */
    public static Checksum of(Path file) {
        try (InputStream input = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
                digest.update(buffer, 0, length);
            }
            return new Checksum(
                    file,
                    HexFormat.of().formatHex(digest.digest()),
                    ProcessHandle.current().pid());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The line that {@code sha256sum} of GNU coreutils prints: a name with a backslash or a line break in it is escaped. */
    public String line() {
        String name = file.toString();
        String escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        return (escaped.equals(name) ? "" : "\\") + hex + "  " + escaped;
    }
}
