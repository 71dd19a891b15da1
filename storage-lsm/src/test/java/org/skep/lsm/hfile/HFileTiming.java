package org.skep.lsm.hfile;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellLayout;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;
import org.skep.lsm.schema.ColumnFamily;

/**
 * Times writing, scanning and getting; run by hand: {@code HFileTiming cells directory}. Keys of 16
 * bytes, values of 100.
 */
final class HFileTiming {
    private static final int ROUNDS = 5;

    private HFileTiming() {}

    public static void main(String[] arguments) throws Exception {
        int cells = Integer.parseInt(arguments[0]);
        Path file = Path.of(arguments[1], "timing.hfile");
        for (int round = 0; round < ROUNDS; round++) {
            Files.deleteIfExists(file);
            write(file.toString(), cells);
        }
        MemoryPool pool = MemoryPool.root("timing", 4L << 30);
        try (BlockCache cache = new BlockCache(2L << 30, pool)) {
            HFile open = HFile.open(LocalFileSystem.INSTANCE, file.toString(), cache);
            for (ReadMode mode : ReadMode.values()) {
                for (int round = 0; round < ROUNDS; round++) {
                    scan(open, mode);
                }
            }
            for (int round = 0; round < ROUNDS; round++) {
                get(open, cells, true);
                get(open, cells, false);
                seek(open, cells);
            }
            open.release();
            System.out.println(cache.statistics());
        }
        Files.delete(file);
    }

    private static byte[] row(long number) {
        return Cell.utf8("user%012d".formatted(number));
    }

    private static void write(String path, int cells) {
        Cell cell = Cell.of(row(0), Cell.utf8("f"), Cell.utf8("q"), 5, CellType.PUT, new byte[100]);
        ByteBuffer buffer = ByteBuffer.allocateDirect(cell.array().length);
        buffer.put(0, cell.array());
        CellView view = new CellView();
        long start = cpuNanos();
        try (HFileWriter writer =
                HFileWriter.create(
                        LocalFileSystem.INSTANCE,
                        path,
                        HFileOptions.of(ColumnFamily.named("f"), 1, 1).withoutTags())) {
            for (int i = 0; i < cells; i++) {
                int rest = 2 * i;
                for (int digit = 15; rest > 0; digit--) {
                    buffer.put(CellLayout.LENGTHS + 2 + digit, (byte) ('0' + rest % 10));
                    rest /= 10;
                }
                view.read(buffer, 0, CellLayout.PLAIN);
                writer.append(view);
            }
            writer.finish();
        }
        report("write", cells, start);
    }

    private static void scan(HFile file, ReadMode mode) {
        long start = cpuNanos();
        long count = 0;
        long sum = 0;
        try (CellSource source = file.source(mode)) {
            boolean more = source.seek(SeekKey.firstOfRow(new byte[0]));
            CellView cell = source.cell();
            while (more) {
                count++;
                sum += cell.timestamp() + cell.valueLength();
                more = source.next();
            }
        }
        report("scan " + mode + " " + sum, count, start);
    }

    private static void get(HFile file, int cells, boolean present) {
        int gets = 500_000;
        Random random = new Random(1);
        byte[][] rows = new byte[gets][];
        for (int i = 0; i < gets; i++) {
            rows[i] = row(2L * random.nextInt(cells) + (present ? 0 : 1));
        }
        long found = 0;
        long start = cpuNanos();
        SeekKey key = SeekKey.firstOfRow(new byte[0]);
        for (byte[] row : rows) {
            if (file.mayContainRow(row)) {
                try (CellSource source = file.source(ReadMode.RANDOM)) {
                    key.moveToFirstOfRow(row);
                    if (source.seek(key) && source.cell().hasRow(row)) {
                        found++;
                    }
                }
            }
        }
        report("get " + found, gets, start);
    }

    // The machine may be busy with other things.
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void seek(HFile file, int cells) {
        int gets = 500_000;
        Random random = new Random(1);
        byte[][] rows = new byte[gets][];
        for (int i = 0; i < gets; i++) {
            rows[i] = row(2L * random.nextInt(cells));
        }
        long found = 0;
        long start = cpuNanos();
        SeekKey key = SeekKey.firstOfRow(new byte[0]);
        try (CellSource source = file.source(ReadMode.RANDOM)) {
            for (byte[] row : rows) {
                key.moveToFirstOfRow(row);
                if (source.seek(key) && source.cell().hasRow(row)) {
                    found++;
                }
            }
        }
        report("seek " + found, gets, start);
    }

    private static void report(String what, long count, long start) {
        double seconds = (cpuNanos() - start) / 1e9;
        System.out.printf(
                "%s: %.2f M a CPU second, %.0f ns%n",
                what, count / seconds / 1e6, seconds * 1e9 / count);
    }
}
