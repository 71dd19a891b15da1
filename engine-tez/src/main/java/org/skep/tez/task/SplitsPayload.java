package org.skep.tez.task;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.skep.plan.codec.FragmentCodec;
import org.skep.plan.stage.ScanSplit;

/**
 * The splits of a stage on their way: the vertex manager holds those of all tasks, deflated one by
 * one, and sends each task its own. Has no state.
 */
public final class SplitsPayload {
    private SplitsPayload() {}

    /** What the vertex manager gets. */
    public static ByteBuffer ofStage(List<List<ScanSplit>> byTask) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(byTask.size());
            for (List<ScanSplit> splits : byTask) {
                byte[] task = ofTask(splits);
                out.writeInt(task.length);
                out.write(task);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static byte[] ofTask(List<ScanSplit> splits) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(FragmentCodec.encodeSplits(splits));
        }
        return bytes.toByteArray();
    }

    /** What each task gets, still deflated. */
    static List<ByteBuffer> cut(ByteBuffer stage) throws IOException {
        List<ByteBuffer> tasks = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(StagePayload.stream(stage))) {
            for (int left = in.readInt(); left > 0; left--) {
                tasks.add(ByteBuffer.wrap(in.readNBytes(in.readInt())));
            }
        }
        return tasks;
    }

    /** The splits of a task. */
    static List<ScanSplit> read(ByteBuffer task) throws IOException {
        try (InflaterInputStream in = new InflaterInputStream(StagePayload.stream(task))) {
            return FragmentCodec.decodeSplits(in.readAllBytes());
        }
    }
}
