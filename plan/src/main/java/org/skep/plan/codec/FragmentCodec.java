package org.skep.plan.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.plan.stage.ScanSplit;
import org.skep.plan.stage.TaskFragment;
import org.skep.plan.stage.TaskReport;

/**
 * Writes fragments, splits and reports as bytes and reads them back: JSON {@code {"format":
 * "skep-fragment", "version": 1, …}}. Stateless; safe for use by many threads.
 */
public final class FragmentCodec {
    /** Stored in every fragment: never reuse or renumber. */
    public static final int VERSION = 1;

    private static final String FORMAT = "skep-fragment";
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(20_000)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private FragmentCodec() {}

    /** The bytes of a fragment. */
    public static byte[] encode(TaskFragment fragment) {
        return write("fragment", fragment);
    }

    /**
     * Reads a fragment.
     *
     * @throws SkepException CORRUPT_FILE if the bytes are no fragment, FORMAT_TOO_NEW if a newer
     *     Skep wrote them
     */
    public static TaskFragment decode(byte[] bytes) {
        return (TaskFragment) read("fragment", bytes, TaskFragment.class);
    }

    /** The bytes of a task's splits. */
    public static byte[] encodeSplits(List<ScanSplit> splits) {
        return write("splits", splits);
    }

    /** Reads splits; fails as {@link #decode} does. */
    public static List<ScanSplit> decodeSplits(byte[] bytes) {
        List<ScanSplit> splits = new ArrayList<>();
        for (Object split : (List<?>) read("splits", bytes, null)) {
            splits.add((ScanSplit) split);
        }
        return splits;
    }

    /** The bytes of a task's report. */
    public static byte[] encodeReport(TaskReport report) {
        return write("report", report);
    }

    /** Reads a report; fails as {@link #decode} does. */
    public static TaskReport decodeReport(byte[] bytes) {
        return (TaskReport) read("report", bytes, TaskReport.class);
    }

    private static byte[] write(String field, Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeNumberField("version", VERSION);
            json.writeFieldName(field);
            new RecordWriter(json).write(value);
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("Cannot write a fragment to memory", e);
        }
        return bytes.toByteArray();
    }

    private static Object read(String field, byte[] bytes, Class<?> wanted) {
        try (JsonParser json = JSON.createParser(bytes)) {
            RecordReader reader = new RecordReader(json);
            reader.expectHeader(FORMAT, VERSION);
            Object value = reader.readField(field, wanted == null ? ScanSplit.class : wanted);
            if (wanted != null && !wanted.isInstance(value)) {
                throw new SkepException(
                        ErrorCode.CORRUPT_FILE, "Cannot read fragment: no " + field);
            }
            return value;
        } catch (IOException | ClassCastException | IllegalArgumentException e) {
            throw new SkepException(
                    ErrorCode.CORRUPT_FILE, "Cannot read fragment: " + e.getMessage(), e);
        }
    }
}
