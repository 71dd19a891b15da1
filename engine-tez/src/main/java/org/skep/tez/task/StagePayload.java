package org.skep.tez.task;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.plan.codec.FragmentCodec;
import org.skep.plan.stage.TaskFragment;

/**
 * What all tasks of a stage are told; their splits come one by one. As bytes it is deflated: a
 * version, the fragment, the directory, whether splits come, the number of partitions for each
 * reading stage, and the sending stages whose rows all tasks read. Immutable.
 *
 * @param directory where attempts leave their reports and results, on a file system that all see
 * @param hasSplits whether a task waits for its splits
 * @param partitions how many partitions rows are dealt out to, by the reading stage's name
 * @param broadcasts the stages whose rows go to every task of this one
 */
public record StagePayload(
        TaskFragment fragment,
        String directory,
        boolean hasSplits,
        Map<String, Integer> partitions,
        Set<String> broadcasts) {
    // Both ends are always of one build; the number guards against a stale library on a cluster.
    private static final int VERSION = 1;

    /** Copies the collections. */
    public StagePayload {
        partitions = Map.copyOf(partitions);
        broadcasts = Set.copyOf(broadcasts);
    }

    /** As bytes. */
    public ByteBuffer toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeInt(VERSION);
            writeBytes(out, FragmentCodec.encode(fragment));
            out.writeUTF(directory);
            out.writeBoolean(hasSplits);
            out.writeInt(partitions.size());
            for (Map.Entry<String, Integer> entry : new TreeMap<>(partitions).entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeInt(entry.getValue());
            }
            out.writeInt(broadcasts.size());
            for (String sender : new TreeSet<>(broadcasts)) {
                out.writeUTF(sender);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Cannot write to memory", e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * From bytes.
     *
     * @throws SkepException FORMAT_TOO_NEW if another version of Skep wrote them, CORRUPT_FILE if
     *     they are none
     */
    public static StagePayload of(ByteBuffer bytes) {
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(stream(bytes)))) {
            int version = in.readInt();
            if (version != VERSION) {
                throw new SkepException(
                        ErrorCode.FORMAT_TOO_NEW,
                        "Stage was made by another version of Skep: " + version);
            }
            TaskFragment fragment = FragmentCodec.decode(in.readNBytes(in.readInt()));
            String directory = in.readUTF();
            boolean hasSplits = in.readBoolean();
            Map<String, Integer> partitions = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                String reader = in.readUTF();
                partitions.put(reader, in.readInt());
            }
            Set<String> broadcasts = new TreeSet<>();
            for (int left = in.readInt(); left > 0; left--) {
                broadcasts.add(in.readUTF());
            }
            return new StagePayload(fragment, directory, hasSplits, partitions, broadcasts);
        } catch (IOException e) {
            throw new SkepException(
                    ErrorCode.CORRUPT_FILE, "Cannot read stage: " + e.getMessage(), e);
        }
    }

    static ByteArrayInputStream stream(ByteBuffer bytes) {
        ByteBuffer copy = bytes.duplicate();
        byte[] array = new byte[copy.remaining()];
        copy.get(array);
        return new ByteArrayInputStream(array);
    }
}
