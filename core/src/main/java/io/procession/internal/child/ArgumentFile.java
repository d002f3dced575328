package io.procession.internal.child;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;

/**
 * A file of arguments for the {@code java} launcher ({@code @file}): no limit of length, and nobody reads a password given by {@code -D}
 * from the list of processes. The format is that of the java(1) manual page: each argument in double quotes, in which a backslash
 * escapes; so spaces, {@code #}, quotes and line ends stand as they are.
 */
final class ArgumentFile {
    private ArgumentFile() {}

    static void write(File file, List<String> arguments) throws IOException {
        // The launcher takes the bytes as they are and the JVM decodes them as it does a command line.
        Charset platform = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        StringBuilder text = new StringBuilder();
        for (String argument : arguments) {
            if (!platform.newEncoder().canEncode(argument)) {
                throw new IOException("the locale of this program (" + platform + ") cannot express '" + argument
                        + "': start it under a UTF-8 locale, for example with LC_ALL=C.UTF-8");
            }
            text.append(quoted(argument)).append('\n');
        }
        try (FileOutputStream out = PrivateFile.create(file)) {
            out.write(text.toString().getBytes(platform));
        }
    }

    static String quoted(String argument) {
        StringBuilder quoted = new StringBuilder(argument.length() + 16).append('"');
        for (int i = 0; i < argument.length(); i++) {
            char each = argument.charAt(i);
            switch (each) {
                case '\\', '"' -> quoted.append('\\').append(each);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\f' -> quoted.append("\\f");
                default -> quoted.append(each);
            }
        }
        return quoted.append('"').toString();
    }
}
