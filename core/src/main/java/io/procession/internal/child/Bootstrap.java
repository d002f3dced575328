package io.procession.internal.child;

import io.procession.internal.connection.KnownTransports;
import io.procession.internal.family.Membership;
import io.procession.internal.family.ProcessIdentity;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a child learns from its parent before it can talk to it: a file in the private directory, deleted by the child as soon as it is
 * read. Nothing of it is on a command line or in the environment.
 *
 * @param membership the family
 * @param controlSocket the Unix-domain socket on which the parent listens
 * @param token proves to the parent that this is the child it started; {@value #TOKEN_BYTES} bytes
 * @param settings the parent's {@code procession.*} properties
 * @param inheritableFlags the flags that this child passes on to its own children
 * @param transports what there is on its class path; null if it is to look for itself
 * @param entry what to run
 */
record Bootstrap(
        Membership membership,
        String controlSocket,
        ByteBuffer token,
        Map<String, String> settings,
        List<String> inheritableFlags,
        @Nullable KnownTransports transports,
        Entry entry) {
    static final int TOKEN_BYTES = 32;
    /** Parent and child load this class from different class paths, so from different releases if somebody mixes them. */
    private static final int VERSION = 2;

    private static final int MAGIC = 0x50534254;

    void write(File file) throws IOException {
        try (FileOutputStream raw = PrivateFile.create(file);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(raw, 8192))) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            writeText(out, membership.directory().getPath());
            writeIdentity(out, membership.self());
            writeIdentity(out, membership.parent());
            out.writeInt(membership.depth());
            out.writeBoolean(membership.daemon());
            out.writeBoolean(membership.parentDaemon());
            writeText(out, controlSocket);
            writeRest(out, token);
            out.writeInt(settings.size());
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                writeText(out, setting.getKey());
                writeText(out, setting.getValue());
            }
            writeTexts(out, inheritableFlags);
            writeTexts(out, transports == null ? List.of() : transports.providers());
            writeTexts(out, transports == null ? List.of() : transports.usable());
            writeText(out, transports == null ? "" : transports.selectors());
            out.writeByte(entry.kind().ordinal());
            writeText(out, entry.className());
            writeTexts(out, entry.arguments());
            for (ByteBuffer part : entry.payload()) {
                writeRest(out, part);
            }
        }
    }

    private static void writeRest(DataOutputStream out, ByteBuffer part) throws IOException {
        ByteBuffer rest = part.duplicate();
        if (rest.hasArray()) {
            out.write(rest.array(), rest.arrayOffset() + rest.position(), rest.remaining());
        } else {
            byte[] copy = new byte[rest.remaining()];
            rest.get(copy);
            out.write(copy);
        }
    }

    static Bootstrap read(File file) throws IOException {
        byte[] all;
        try (FileInputStream open = new FileInputStream(file)) {
            all = open.readAllBytes();
        }
        ByteArrayInputStream bytes = new ByteArrayInputStream(all);
        DataInputStream in = new DataInputStream(bytes);
        if (in.readInt() != MAGIC || in.readInt() != VERSION) {
            throw new IOException(
                    "this child and its parent run different releases of Procession: put the same one on both class paths");
        }
        File directory = new File(readText(in));
        ProcessIdentity self = readIdentity(in);
        ProcessIdentity parent = readIdentity(in);
        Membership membership =
                new Membership(directory, self, parent, in.readInt(), in.readBoolean(), in.readBoolean());
        String controlSocket = readText(in);
        byte[] token = new byte[TOKEN_BYTES];
        in.readFully(token);
        Map<String, String> settings = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            settings.put(readText(in), readText(in));
        }
        List<String> flags = readTexts(in);
        List<String> providers = readTexts(in);
        List<String> usable = readTexts(in);
        String selectors = readText(in);
        KnownTransports transports = providers.isEmpty() ? null : new KnownTransports(providers, usable, selectors);
        Entry.Kind kind = Entry.Kind.values()[in.readByte()];
        String className = readText(in);
        List<String> arguments = readTexts(in);
        ByteBuffer payload = ByteBuffer.wrap(all, all.length - bytes.available(), bytes.available());
        Entry entry = new Entry(kind, className, arguments, List.of(payload));
        return new Bootstrap(membership, controlSocket, ByteBuffer.wrap(token), settings, flags, transports, entry);
    }

    private static void writeIdentity(DataOutputStream out, ProcessIdentity identity) throws IOException {
        out.writeLong(identity.incarnation());
        out.writeLong(identity.pid());
        writeText(out, identity.name());
    }

    private static ProcessIdentity readIdentity(DataInputStream in) throws IOException {
        return new ProcessIdentity(in.readLong(), in.readLong(), readText(in));
    }

    private static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            writeText(out, text);
        }
    }

    private static List<String> readTexts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(readText(in));
        }
        return texts;
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
