package org.skep.lsm.region;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.skep.base.error.SkepException;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.io.FileStatus;
import org.skep.base.time.Clock;
import org.skep.lsm.compact.CompactionOptions;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.operation.Mutation;
import org.skep.lsm.operation.Put;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.Durability;

/**
 * A random sequence of writes, flushes, compactions and reopenings of one region, and what may be
 * there after it was cut short: all writes up to one that is not before the last one promised.
 * Confined to one thread.
 */
final class CrashScript {
    private static final byte[] F = TestStore.F;
    private static final byte[] G = TestStore.G;
    private static final int ROWS = 12;

    /** A write: new values by row and column; null deletes. */
    private record Step(Map<String, String> changes) {}

    private final FaultyFileSystem files;
    private final Random random;
    private final RegionOptions options;
    private final MarkerRule markers;
    private final List<Step> steps = new ArrayList<>();
    private int promised; // so many steps must be there
    private TestStore store;

    CrashScript(FaultyFileSystem files, long seed) {
        this(files, seed, MarkerRule.ONLY_WITH_ALL_FILES);
    }

    CrashScript(FaultyFileSystem files, long seed, MarkerRule markers) {
        this.files = files;
        this.markers = markers;
        random = new Random(seed);
        options =
                RegionOptions.DEFAULT
                        .withoutBackground()
                        .withWal(
                                org.skep.lsm.wal.WalOptions.DEFAULT
                                        .withSyncInterval(java.time.Duration.ZERO)
                                        .withRollBytes(4 << 10))
                        // Two files of several, so that there are files that do not take part.
                        .withCompaction(CompactionOptions.DEFAULT.withFiles(2, 2, 4));
    }

    void open() {
        store =
                new TestStore(
                        files,
                        TestStore.ROOT,
                        options,
                        Clock.SYSTEM,
                        128 << 20,
                        markers,
                        ColumnFamily.named("f"),
                        ColumnFamily.named("g").withMaxVersions(3));
    }

    /** Runs so many operations; ends early with a power cut. */
    void run(int count) {
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(100);
            if (kind < 80) {
                write();
            } else if (kind < 88) {
                store.region.flush();
                promised = steps.size();
            } else if (kind < 95) {
                store.region.compact();
            } else if (kind < 97) {
                store.region.majorCompact();
            } else {
                store.close();
                promised = steps.size();
                open();
            }
        }
    }

    private void write() {
        Map<String, String> changes = new TreeMap<>();
        List<Mutation<?>> mutations = new ArrayList<>();
        Durability durability =
                switch (random.nextInt(6)) {
                    case 0 -> Durability.ASYNC_WAL;
                    case 1 -> Durability.SYNC_WAL;
                    default -> Durability.FSYNC_WAL;
                };
        long timestamp = steps.size() + 1L;
        int rows = random.nextInt(5) == 0 ? 3 : 1;
        for (int i = 0; i < rows; i++) {
            String row = "row" + random.nextInt(ROWS);
            if (random.nextInt(5) == 0) {
                Delete delete = new Delete(TestStore.bytes(row), timestamp);
                changes.put(row + "/f", null);
                changes.put(row + "/g", null);
                mutations.add(delete.durability(durability));
            } else {
                // Both families of a row always hold the same, which shows a torn row.
                String value = "v" + timestamp + "x".repeat(random.nextInt(100));
                changes.put(row + "/f", value);
                changes.put(row + "/g", value);
                mutations.removeIf(m -> java.util.Arrays.equals(m.row(), TestStore.bytes(row)));
                mutations.add(
                        new Put(TestStore.bytes(row))
                                .add(F, TestStore.Q, timestamp, TestStore.bytes(value))
                                .add(G, TestStore.Q, timestamp, TestStore.bytes(value))
                                .durability(durability));
            }
        }
        // Deletes hide puts of the same time.
        for (Mutation<?> mutation : mutations) {
            if (mutation instanceof Delete) {
                String row = new String(mutation.row(), java.nio.charset.StandardCharsets.UTF_8);
                changes.put(row + "/f", null);
                changes.put(row + "/g", null);
            }
        }
        steps.add(new Step(changes));
        store.region.batch(mutations);
        if (durability == Durability.FSYNC_WAL) {
            promised = steps.size();
        }
    }

    private static Map<String, String> apply(Map<String, String> state, Step step) {
        Map<String, String> next = new TreeMap<>(state);
        step.changes()
                .forEach(
                        (key, value) -> {
                            if (value == null) {
                                next.remove(key);
                            } else {
                                next.put(key, value);
                            }
                        });
        return next;
    }

    private Map<String, String> found() {
        Map<String, String> found = new TreeMap<>();
        for (String row : store.scan()) {
            for (String cell :
                    org.assertj.core.util.Strings.isNullOrEmpty(row)
                            ? new String[0]
                            : row.split(" ", -1)) {
                found.put(
                        cell.substring(0, cell.indexOf(':')),
                        cell.substring(cell.indexOf('=') + 1));
            }
        }
        return found;
    }

    /**
     * Opens the region after a crash.
     *
     * @return what is wrong, or null
     */
    String check() {
        try {
            open();
        } catch (SkepException e) {
            return "Cannot open: " + e.getMessage();
        }
        Map<String, String> found = found();
        Map<String, String> state = new TreeMap<>();
        boolean ok = promised == 0 && found.equals(state);
        for (int i = 0; i < steps.size() && !ok; i++) {
            state = apply(state, steps.get(i));
            ok = i + 1 >= promised && found.equals(state);
        }
        if (!ok) {
            return "promised %d of %d, found %s".formatted(promised, steps.size(), found);
        }
        String orphans = orphans();
        if (orphans != null) {
            return orphans;
        }
        store.region.put(
                new Put(TestStore.bytes("after")).add(F, TestStore.Q, TestStore.bytes("1")));
        if (!store.get("after").equals("after/f:q=1")) {
            return "cannot write afterwards";
        }
        store.close();
        return null;
    }

    private String orphans() {
        Set<String> named = new HashSet<>();
        store.region
                .manifest()
                .files()
                .forEach(file -> named.add(TestStore.ROOT + "/" + file.path()));
        for (String family : List.of("f", "g")) {
            for (FileStatus file : files.list(store.region.directory() + "/" + family)) {
                if (!named.remove(file.path())) {
                    return "orphan " + file.path();
                }
            }
        }
        return named.isEmpty() ? null : "missing " + named;
    }
}
