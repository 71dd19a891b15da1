package org.skep.lsmtests.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.skep.lsmtests.benchmark.Peer.Sync;

/**
 * A part of the benchmark. Letters and numbers are those of the specification: L loads, G gets, S
 * scans, A to F are YCSB's, W looks for stalls, R restarts.
 */
enum Phase {
    L1("load in batches of 1000, no sync", 1),
    L2_1("put, no sync, 1 thread", 1),
    L2_8("put, no sync, 8 threads", 8),
    L3_1("put, fsync, 1 thread", 1),
    L3_8("put, fsync, 8 threads", 8),
    L3_32("put, fsync, 32 threads", 32),
    L3_128("put, fsync, 128 threads", 128),
    M("flush and merge all files", 1),
    G1_1("get, cached, 1 thread", 1),
    G1_8("get, cached, 8 threads", 8),
    G2("get of absent rows", 1),
    S1("full scan", 1),
    S2("scan of 1 to 100 rows", 1),
    G3("get with four files and memory", 1),
    A("YCSB A: half reads, half updates, zipf", 2),
    B("YCSB B: 95 % reads", 2),
    C("YCSB C: reads", 2),
    D("YCSB D: 95 % reads of the latest, 5 % inserts", 2),
    E("YCSB E: 95 % scans, 5 % inserts", 2),
    F("YCSB F: half reads, half read-modify-write", 2),
    W("sustained random puts, no sync", 2),
    R("restart after kill -9 with 256 MB of log: seconds to the first read", 1);

    private final String title;
    private final int threads;

    Phase(String title, int threads) {
        this.title = title;
        this.threads = threads;
    }

    String title() {
        return title;
    }

    /** Whether the stores must have been filled; L1 does that. */
    boolean needsRows() {
        return this != L1 && this != R;
    }

    /** Whether each operation writes one row. */
    boolean putsOnly() {
        return switch (this) {
            case L1, L2_1, L2_8, L3_1, L3_8, L3_32, L3_128, W -> true;
            default -> false;
        };
    }

    int threads() {
        return threads;
    }

    String text() {
        return name().replace('_', '@');
    }

    /**
     * The phases that a list names, in its order; L2 means all of L2@1 and L2@8.
     *
     * @throws IllegalArgumentException for a name that no phase has, and if L1 comes behind a phase
     *     that needs the rows that it loads
     */
    static List<Phase> parse(String text) {
        List<Phase> phases = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            List<Phase> found =
                    Arrays.stream(values())
                            .filter(
                                    phase ->
                                            phase.text().equals(name)
                                                    || phase.text().startsWith(name + "@"))
                            .toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException("Unknown phase: " + name);
            }
            if (found.contains(L1) && phases.stream().anyMatch(Phase::needsRows)) {
                throw new IllegalArgumentException(
                        "L1 loads the rows that others need, so it must come once and first, or"
                                + " not at all: "
                                + text);
            }
            phases.addAll(found);
        }
        if (phases.stream().filter(L1::equals).count() > 1) {
            throw new IllegalArgumentException("L1 must come once: " + text);
        }
        return phases;
    }

    /** One operation of a thread; returns how many operations it counts for. */
    interface Work {
        long run(SplittableRandom random) throws Exception;
    }

    /** What a thread does over and over in this phase; M and R are not of that kind. */
    Work work(Peer peer, Rows rows, Shared shared) {
        long loaded = shared.loaded();
        Zipf zipf = this == S2 ? null : shared.zipf();
        return switch (this) {
            case L1 -> random -> load(peer, rows, shared);
            case L2_1, L2_8, W ->
                    random -> put(peer, rows, random.nextLong(loaded), random, Sync.NONE);
            case L3_1, L3_8, L3_32, L3_128 ->
                    random -> put(peer, rows, random.nextLong(loaded), random, Sync.FSYNC);
            case G1_1, G1_8, G3 -> random -> present(peer, random.nextLong(loaded));
            case G2 -> random -> absent(peer, shared.absent() + random.nextLong(loaded));
            case S1 -> random -> all(peer, loaded, shared);
            case S2, E ->
                    random -> {
                        if (this == E && random.nextInt(100) < 5) {
                            return put(peer, rows, shared.insert(), random, Sync.NONE);
                        }
                        long from = zipf == null ? random.nextLong(loaded) : zipf.next(random);
                        peer.scan(Rows.key(from), 1 + random.nextInt(100));
                        return 1;
                    };
            case A, B, C ->
                    random -> {
                        int reads = this == A ? 50 : this == B ? 95 : 100;
                        long row = zipf.next(random);
                        return random.nextInt(100) < reads
                                ? present(peer, row)
                                : put(peer, rows, row, random, Sync.NONE);
                    };
            case D ->
                    random -> {
                        if (random.nextInt(100) < 5) {
                            return put(peer, rows, shared.insert(), random, Sync.NONE);
                        }
                        peer.get(Rows.key(Math.max(0, shared.inserted() - 1 - zipf.rank(random))));
                        return 1;
                    };
            case F ->
                    random -> {
                        long row = zipf.next(random);
                        present(peer, row);
                        return random.nextBoolean() ? 1 : put(peer, rows, row, random, Sync.NONE);
                    };
            case M, R -> throw new IllegalStateException("Not a phase of many operations: " + this);
        };
    }

    private static long load(Peer peer, Rows rows, Shared shared) throws Exception {
        long from = shared.nextToLoad(1000);
        long to = Math.min(from + 1000, shared.loaded());
        if (from >= to) {
            return 0;
        }
        List<byte[]> keys = new ArrayList<>(1000);
        List<byte[][]> values = new ArrayList<>(1000);
        for (long i = from; i < to; i++) {
            keys.add(Rows.key(i));
            values.add(rows.values(i, 0));
        }
        peer.putAll(keys, values);
        return to - from;
    }

    private static long put(Peer peer, Rows rows, long row, SplittableRandom random, Sync sync)
            throws Exception {
        peer.put(Rows.key(row), rows.values(row, random.nextLong()), sync);
        return 1;
    }

    private static long present(Peer peer, long row) throws Exception {
        if (peer.get(Rows.key(row)) == 0) {
            throw new IllegalStateException("Row not found: " + row);
        }
        return 1;
    }

    private static long absent(Peer peer, long row) throws Exception {
        if (peer.get(Rows.key(row)) != 0) {
            throw new IllegalStateException("Row must not be there: " + row);
        }
        return 1;
    }

    private static long all(Peer peer, long loaded, Shared shared) throws Exception {
        long rows = peer.scan(new byte[] {0}, Long.MAX_VALUE);
        if (rows < loaded || rows > shared.inserted()) {
            throw new IllegalStateException("Scan gave %d rows of %d".formatted(rows, loaded));
        }
        return rows;
    }
}
