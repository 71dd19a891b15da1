package org.skep.lsmtests.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/**
 * The race of one variant: the same phases on all stores in turns. Stores rotate in each phase and
 * repetition, so that a slow minute of the machine does not hit one of them alone. Confined to one
 * thread.
 */
final class Race {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final long OWN = ProcessHandle.current().pid();
    private static final long SETTLING_MILLIS = 100;
    private static final long LONGEST_SETTLING_NANOS = 60_000_000_000L;
    // Of the stores that are filled first, so that no phase pays for compiling.
    private static final int FIRST_ROWS = 400_000;
    private static final List<Phase> WARM_UP =
            List.of(Phase.L1, Phase.L2_1, Phase.L3_8, Phase.G1_1, Phase.G2, Phase.S1, Phase.S2);

    private final PrintStream out;
    private final BenchmarkOptions options;
    private final long count;
    private final Rows rows;
    private final Map<Peer.Kind, Peer> peers = new EnumMap<>(Peer.Kind.class);
    private final Map<Peer.Kind, Shared> shared = new EnumMap<>(Peer.Kind.class);
    private final Figures figures = new Figures();

    Race(PrintStream out, BenchmarkOptions options, BenchmarkOptions.Variant variant) {
        this.out = out;
        this.options = options;
        count = variant.rows(options);
        rows = new Rows(variant.fields(), options.valueBytes());
    }

    /** Runs all and prints the summary. */
    void run() throws Exception {
        out.printf(
                Locale.ROOT,
                "%n%,d rows of %d x %d bytes, %d s a phase after %d s, %d times%n",
                count,
                rows.fields(),
                options.valueBytes(),
                options.seconds(),
                options.warmUpSeconds(),
                options.repeats());
        if (options.warmUpSeconds() > 0) {
            warmUp();
        }
        for (int repeat = 0; repeat < options.repeats(); repeat++) {
            Path root = Files.createTempDirectory(options.directory(), "region-store-benchmark");
            try {
                race(root, repeat);
            } finally {
                Directories.delete(root);
            }
        }
        figures.printMedians(out);
        figures.printBars(out);
    }

    // Every store does a little of everything, with fewer rows and in a directory of its own.
    private void warmUp() throws Exception {
        Path root = Files.createTempDirectory(options.directory(), "region-store-warm-up");
        try {
            for (Peer.Kind kind : options.systems()) {
                if (kind == Peer.Kind.HBASE_CLIENT) {
                    continue;
                }
                try (Peer peer = kind.make()) {
                    peer.open(Files.createDirectories(root.resolve(kind.text())), rows.fields());
                    long few = Math.min(count, FIRST_ROWS / rows.fields());
                    Shared common = new Shared(few, new Zipf(few));
                    for (Phase phase : WARM_UP) {
                        boolean whole = phase == Phase.L1;
                        timed(phase, peer, common, whole ? Long.MAX_VALUE : 1_000_000_000L);
                        if (phase == Phase.L2_1) {
                            peer.flush();
                            peer.compact();
                        }
                    }
                }
            }
        } finally {
            Directories.delete(root);
        }
    }

    private void race(Path root, int repeat) throws Exception {
        Zipf zipf = new Zipf(count);
        List<Peer.Kind> order = new ArrayList<>(options.systems());
        Collections.rotate(order, repeat);
        try {
            for (Peer.Kind kind : order) {
                Peer peer = kind.make();
                peers.put(kind, peer);
                peer.open(Files.createDirectories(root.resolve(kind.text())), rows.fields());
                shared.put(kind, new Shared(count, zipf));
            }
            if (!options.phases().contains(Phase.L1)
                    && options.phases().stream().anyMatch(Phase::needsRows)) {
                out.printf(Locale.ROOT, "%n%,d rows are loaded, unmeasured%n", count);
                for (Peer.Kind kind : order) {
                    timed(Phase.L1, peers.get(kind), shared.get(kind), Long.MAX_VALUE);
                }
            }
            for (Phase phase : options.phases()) {
                out.printf("%n%s: %s%n", phase.text(), phase.title());
                for (Peer.Kind kind : order) {
                    Measured measured = measure(phase, kind, root);
                    if (measured == null) {
                        continue;
                    }
                    figures.add(phase, kind, measured);
                    out.printf("  %-13s %s%n", kind.text(), measured);
                }
                Collections.rotate(order, 1);
            }
            for (Peer.Kind kind : order) {
                out.printf(
                        Locale.ROOT,
                        "%n%s: %,d MB on disk for %,d MB of rows",
                        kind.text(),
                        Directories.size(root.resolve(kind.text())) >> 20,
                        (count * rows.bytes()) >> 20);
            }
            out.println();
        } finally {
            for (Peer peer : peers.values()) {
                peer.close();
            }
            peers.clear();
        }
    }

    private Measured measure(Phase phase, Peer.Kind kind, Path root) throws Exception {
        Peer peer = peers.get(kind);
        Shared common = shared.get(kind);
        // What the system still has to write for the store before slows the next one down.
        Directories.sync(root);
        if (phase == Phase.M) {
            long wall = System.nanoTime();
            long cpu = cpu(peer);
            long written = written(peer);
            peer.flush();
            peer.compact();
            double seconds = (System.nanoTime() - wall) / 1e9;
            return new Measured(
                    count,
                    seconds,
                    (cpu(peer) - cpu) / 1e3 / count,
                    null,
                    0,
                    (double) (written(peer) - written) / (count * rows.bytes()),
                    resident(peer));
        }
        if (phase == Phase.R) {
            return Restart.measure(kind, root.resolve(kind.text() + "-restart"), rows);
        }
        if (phase == Phase.G3) {
            fourFiles(peer, common);
        }
        if (phase == Phase.L1) {
            return timed(phase, peer, common, Long.MAX_VALUE);
        }
        if (options.warmUpSeconds() > 0) {
            timed(phase, peer, common, options.warmUpSeconds() * 1_000_000_000L);
        }
        long seconds = phase == Phase.W ? 3L * options.seconds() : options.seconds();
        return timed(phase, peer, common, seconds * 1_000_000_000L);
    }

    // Three more files beside the merged one, and some rows in memory.
    private void fourFiles(Peer peer, Shared common) throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        for (int file = 0; file < 4; file++) {
            for (int i = 0; i < 20_000; i++) {
                long row = random.nextLong(common.loaded());
                peer.put(Rows.key(row), rows.values(row, i), Peer.Sync.NONE);
            }
            if (file < 3) {
                peer.flush();
            }
        }
    }

    // Returns when nothing goes on in the background any more.
    private static void settle(Peer peer) throws Exception {
        peer.doDueWork();
        long end = System.nanoTime() + LONGEST_SETTLING_NANOS;
        int quiet = 0;
        while (quiet < 3 && System.nanoTime() < end) {
            long before = cpu(peer);
            Thread.sleep(SETTLING_MILLIS);
            boolean idle = cpu(peer) - before < SETTLING_MILLIS * 1_000_000 / 5;
            quiet = idle ? quiet + 1 : 0;
        }
    }

    private static long cpu(Peer peer) {
        return SYSTEM.getProcessCpuTime() + peer.foreignCpuNanos();
    }

    private static long written(Peer peer) {
        return ProcessFigures.writtenBytes(OWN) + peer.foreignWrittenBytes();
    }

    private static long resident(Peer peer) {
        return ProcessFigures.residentBytes(OWN) + peer.foreignResidentBytes();
    }

    private Measured timed(Phase phase, Peer peer, Shared common, long nanos) throws Exception {
        int threads = phase.threads();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        int seconds = (int) Math.min(3600, nanos / 1_000_000_000L) + 2;
        AtomicLongArray each = new AtomicLongArray(Math.max(seconds, 3602));
        long cpu = cpu(peer);
        long written = written(peer);
        long begin = System.nanoTime();
        List<Future<Histogram>> running = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            SplittableRandom random = new SplittableRandom(thread * 7919L + nanos);
            Phase.Work work = phase.work(peer, rows, common);
            running.add(pool.submit(() -> repeat(work, random, begin, nanos, each)));
        }
        Histogram all = new Histogram(3);
        try {
            for (Future<Histogram> future : running) {
                all.add(future.get());
            }
        } finally {
            pool.shutdownNow();
        }
        double wall = (System.nanoTime() - begin) / 1e9;
        long operations = 0;
        long worst = Long.MAX_VALUE;
        for (int i = 0; i < each.length(); i++) {
            operations += each.get(i);
            if (i < (int) wall) {
                worst = Math.min(worst, each.get(i));
            }
        }
        // What a phase leaves to be done in the background is part of its costs.
        settle(peer);
        boolean single = phase != Phase.L1 && phase != Phase.S1;
        return new Measured(
                operations,
                wall,
                (cpu(peer) - cpu) / 1e3 / Math.max(1, operations),
                single ? all : null,
                worst == Long.MAX_VALUE ? 0 : worst,
                phase.putsOnly()
                        ? (double) (written(peer) - written) / (operations * rows.bytes())
                        : Double.NaN,
                resident(peer));
    }

    private static Histogram repeat(
            Phase.Work work, SplittableRandom random, long begin, long nanos, AtomicLongArray each)
            throws Exception {
        Histogram latency = new Histogram(3);
        long before = System.nanoTime();
        while (before - begin < nanos) {
            long done = work.run(random);
            if (done == 0) {
                break;
            }
            long after = System.nanoTime();
            latency.recordValue(after - before);
            each.addAndGet((int) Math.min(3600, (after - begin) / 1_000_000_000L), done);
            before = after;
        }
        return latency;
    }
}
