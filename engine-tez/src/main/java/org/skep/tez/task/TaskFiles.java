package org.skep.tez.task;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;
import org.skep.plan.codec.FragmentCodec;
import org.skep.plan.stage.TaskReport;

/**
 * The files that attempts leave for the coordinator, in a directory for each stage: {@code
 * <task>-<attempt>.report}, whose last 8 bytes are the report's length and CRC32C, and, for the
 * stage that makes the result, {@code <task>-<attempt>.rows}: pages, each after its length. An
 * attempt writes its report last, so one that has a whole report is whole. Immutable.
 *
 * @param task number of the task
 * @param attempt number of the attempt, across restarts of the application master
 */
public record TaskFiles(String directory, int task, int attempt) {
    static final String REPORT = ".report";
    private static final String ROWS = ".rows";
    private static final int TRAILER = 8;

    /** Where the tasks of a stage leave files. */
    public static String directory(String run, int stage) {
        return run + "/s" + stage;
    }

    /** The attempt whose report a file is, or null if it is something else. */
    public static TaskFiles ofReport(String directory, FileStatus file) {
        String name = file.name();
        int dash = name.indexOf('-');
        if (dash < 0 || !name.endsWith(REPORT)) {
            return null;
        }
        return new TaskFiles(
                directory,
                Integer.parseInt(name.substring(0, dash)),
                Integer.parseInt(name.substring(dash + 1, name.length() - REPORT.length())));
    }

    /** The file of result rows. */
    public String rows() {
        return "%s/%d-%d%s".formatted(directory, task, attempt, ROWS);
    }

    private String report() {
        return "%s/%d-%d%s".formatted(directory, task, attempt, REPORT);
    }

    /** Writes the report. */
    void write(FileSystem fileSystem, TaskReport report) {
        byte[] bytes = FragmentCodec.encodeReport(report);
        byte[] trailer =
                ByteBuffer.allocate(TRAILER).putInt(bytes.length).putInt(checksum(bytes)).array();
        try (OutputFile file = fileSystem.create(report())) {
            file.write(bytes, 0, bytes.length);
            file.write(trailer, 0, trailer.length);
        }
    }

    /** Reads the report; null if it is not whole. */
    public TaskReport read(FileSystem fileSystem) {
        try (InputFile file = fileSystem.open(report())) {
            if (file.length() < TRAILER) {
                return null;
            }
            byte[] bytes = new byte[(int) file.length() - TRAILER];
            byte[] trailer = new byte[TRAILER];
            file.readFully(0, bytes, 0, bytes.length);
            file.readFully(bytes.length, trailer, 0, TRAILER);
            ByteBuffer end = ByteBuffer.wrap(trailer);
            boolean whole = end.getInt() == bytes.length && end.getInt() == checksum(bytes);
            return whole ? FragmentCodec.decodeReport(bytes) : null;
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
