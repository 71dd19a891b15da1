package org.skep.lsm.region;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;

/**
 * The truth about a region's files: all of them, and up to which sequence id the writes to each
 * family are in them. Every change writes a whole new manifest under the next number, so a change
 * of many files happens at once or not at all. Immutable.
 *
 * <pre>
 * file  = long magic | int version | int n | n bytes content | int CRC32C of all before
 * content = long number | int families | { text name | long flushed }
 *         | int files | { text family | text path | bytes startRow | bytes stopRow
 *                       | long sequence | byte bulkLoaded }
 * text, bytes = int n | n bytes
 * </pre>
 *
 * @param number greater than those of all manifests before
 * @param flushed by family: writes up to this sequence id are in the files
 * @param files all files of the region
 */
public record Manifest(long number, Map<String, Long> flushed, List<RegionFile> files) {
    private static final long MAGIC = 0x534b_4550_4d41_4e31L; // SKEPMAN1
    private static final int VERSION = 1;
    private static final int HEAD = 16;
    private static final String PREFIX = "manifest.";
    private static final String UNFINISHED = ".tmp";

    public Manifest {
        flushed = Map.copyOf(flushed);
        files = List.copyOf(files);
    }

    /** The manifest of a region that has nothing. */
    public static Manifest empty() {
        return new Manifest(0, Map.of(), List.of());
    }

    /** The sequence id up to which the writes of all of these families are in files. */
    long flushed(Iterable<String> families) {
        long least = Long.MAX_VALUE;
        for (String family : families) {
            least = Math.min(least, flushed.getOrDefault(family, 0L));
        }
        return least == Long.MAX_VALUE ? 0 : least;
    }

    /** The greatest sequence id that it mentions. */
    public long lastSequence() {
        long last = 0;
        for (long sequence : flushed.values()) {
            last = Math.max(last, sequence);
        }
        for (RegionFile file : files) {
            last = Math.max(last, file.sequence());
        }
        return last;
    }

    /** The number in the name of a manifest; empty if it is no manifest. */
    static OptionalLong numberOf(String name) {
        if (!name.startsWith(PREFIX) || name.endsWith(UNFINISHED)) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(name.substring(PREFIX.length())));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * The newest manifest in a region's directory; empty if there is none.
     *
     * @throws SkepException CORRUPT_FILE naming file and offset, or FORMAT_TOO_NEW
     */
    public static Optional<Manifest> readNewest(FileSystem files, String directory) {
        long newest = -1;
        for (FileStatus entry : files.list(directory)) {
            newest = Math.max(newest, numberOf(entry.name()).orElse(-1));
        }
        return newest < 0
                ? Optional.empty()
                : Optional.of(read(files, directory + "/" + PREFIX + newest, newest));
    }

    private static Manifest read(FileSystem files, String path, long number) {
        byte[] bytes;
        try (InputFile input = files.open(path)) {
            bytes = new byte[Math.toIntExact(input.length())];
            input.readFully(0, bytes, 0, bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int end = bytes.length - Integer.BYTES;
        if (end < HEAD) {
            throw damaged(path, bytes.length, "it ends too early");
        }
        int found = checksum(bytes, end);
        if (found != buffer.getInt(end)) {
            throw damaged(
                    path,
                    0,
                    "checksum mismatch: expected %08x, found %08x"
                            .formatted(buffer.getInt(end), found));
        }
        if (buffer.getLong() != MAGIC) {
            throw damaged(path, 0, "it is no manifest");
        }
        int version = buffer.getInt();
        if (version > VERSION) {
            throw new SkepException(
                    ErrorCode.FORMAT_TOO_NEW,
                    "Manifest of version %d must be of version %d at most: %s"
                            .formatted(version, VERSION, path));
        }
        if (buffer.getInt() != end - HEAD) {
            throw damaged(path, HEAD - Integer.BYTES, "its length is wrong");
        }
        try {
            Manifest manifest = decode(buffer);
            if (manifest.number != number) {
                throw damaged(path, HEAD, "it has another number: " + manifest.number);
            }
            return manifest;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw damaged(path, buffer.position(), "its content makes no sense");
        }
    }

    private static SkepException damaged(String path, int offset, String how) {
        return new SkepException(
                ErrorCode.CORRUPT_FILE,
                "Damaged manifest %s at offset %d: %s".formatted(path, offset, how));
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static Manifest decode(ByteBuffer from) {
        long number = from.getLong();
        Map<String, Long> flushed = new TreeMap<>();
        for (int left = from.getInt(); left > 0; left--) {
            flushed.put(text(from), from.getLong());
        }
        List<RegionFile> files = new ArrayList<>();
        for (int left = from.getInt(); left > 0; left--) {
            files.add(
                    new RegionFile(
                            text(from),
                            text(from),
                            bytes(from),
                            bytes(from),
                            from.getLong(),
                            from.get() != 0));
        }
        return new Manifest(number, flushed, files);
    }

    private static byte[] bytes(ByteBuffer from) {
        int length = from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer from) {
        return new String(bytes(from), StandardCharsets.UTF_8);
    }

    private byte[] encode() {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (DataOutputStream to = new DataOutputStream(content)) {
            to.writeLong(number);
            to.writeInt(flushed.size());
            for (Map.Entry<String, Long> entry : new TreeMap<>(flushed).entrySet()) {
                write(to, entry.getKey().getBytes(StandardCharsets.UTF_8));
                to.writeLong(entry.getValue());
            }
            to.writeInt(files.size());
            for (RegionFile file : files) {
                write(to, file.family().getBytes(StandardCharsets.UTF_8));
                write(to, file.path().getBytes(StandardCharsets.UTF_8));
                write(to, file.startRow());
                write(to, file.stopRow());
                to.writeLong(file.sequence());
                to.writeByte(file.bulkLoaded() ? 1 : 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + content.size() + Integer.BYTES);
        bytes.putLong(MAGIC).putInt(VERSION).putInt(content.size()).put(content.toByteArray());
        bytes.putInt(checksum(bytes.array(), HEAD + content.size()));
        return bytes.array();
    }

    private static void write(DataOutputStream to, byte[] bytes) throws IOException {
        to.writeInt(bytes.length);
        to.write(bytes);
    }

    /** Makes this the region's manifest, for good, and takes away those before it. */
    public void write(FileSystem fileSystem, String directory) {
        String path = directory + "/" + PREFIX + number;
        String unfinished = path + UNFINISHED;
        byte[] bytes = encode();
        fileSystem.delete(unfinished);
        try (OutputFile output = fileSystem.create(unfinished)) {
            output.write(bytes, 0, bytes.length);
            output.sync();
        }
        Crash.point("manifest.before-rename");
        fileSystem.rename(unfinished, path);
        Crash.point("manifest.before-directory-sync");
        fileSystem.syncDirectory(directory);
        Crash.point("manifest.after-directory-sync");
        try {
            removeOlder(fileSystem, directory, number);
        } catch (SkepException e) {
            // They do no harm: the newest counts, and the next one tries again.
        }
    }

    /** Whether a manifest with this number may be there, so that what it names must stay. */
    static boolean mayExist(FileSystem fileSystem, String directory, long number) {
        try {
            return fileSystem.status(directory + "/" + PREFIX + number).isPresent();
        } catch (SkepException e) {
            return true;
        }
    }

    /** Takes away manifests before one, and unfinished ones. */
    static void removeOlder(FileSystem fileSystem, String directory, long number) {
        for (FileStatus entry : fileSystem.list(directory)) {
            String name = entry.name();
            boolean unfinished = name.startsWith(PREFIX) && name.endsWith(UNFINISHED);
            if (unfinished || numberOf(name).orElse(Long.MAX_VALUE) < number) {
                fileSystem.delete(directory + "/" + name);
            }
        }
    }
}
