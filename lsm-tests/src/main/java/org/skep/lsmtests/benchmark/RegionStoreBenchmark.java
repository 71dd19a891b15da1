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
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Runs the same phases on the region store, RocksDB and HBase in turns and prints each figure and
 * its ratio to RocksDB's. Stores rotate in each phase and repetition, so that a slow minute of the
 * machine does not hit one of them alone.
 */
public final class RegionStoreBenchmark {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final long SETTLING_MILLIS = 100;
    private static final long LONGEST_SETTLING_NANOS = 60_000_000_000L;
    // Of the stores that are filled first, so that no phase pays for compiling.
    private static final int FIRST_ROWS = 400_000;
    private static final List<Phase> WARM_UP =
            List.of(Phase.L1, Phase.L2_1, Phase.L3_8, Phase.G1_1, Phase.G2, Phase.S1, Phase.S2);

    private final PrintStream out;
    private final BenchmarkOptions options;
    private final Rows rows;
    private final Map<Peer.Kind, Peer> peers = new EnumMap<>(Peer.Kind.class);
    private final Map<Peer.Kind, Shared> shared = new EnumMap<>(Peer.Kind.class);
    private final Map<Phase, Map<Peer.Kind, List<Measured>>> figures = new EnumMap<>(Phase.class);

    private RegionStoreBenchmark(PrintStream out, BenchmarkOptions options) {
        this.out = out;
        this.options = options;
        rows = new Rows(options.fields(), options.valueBytes());
    }

    /** Runs with the arguments that {@link BenchmarkOptions} describes. */
    public static void main(String[] arguments) throws Exception {
        BenchmarkOptions options = BenchmarkOptions.parse(arguments);
        new RegionStoreBenchmark(System.out, options).run();
        // HBase leaves threads behind.
        System.exit(0);
    }

    private void run() throws Exception {
        out.printf(
                Locale.ROOT,
                "%,d rows of %d x %d bytes, %d s a phase after %d s, %d times; JDK %s, %d processors, heap %d MB%n",
                options.rows(),
                options.fields(),
                options.valueBytes(),
                options.seconds(),
                options.warmUpSeconds(),
                options.repeats(),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20);
        if (options.warmUpSeconds() > 0) {
            warmUp();
        }
        for (int repeat = 0; repeat < options.repeats(); repeat++) {
            Path root = Files.createTempDirectory(options.directory(), "region-store-benchmark");
            try {
                race(root, repeat);
            } finally {
                delete(root);
            }
        }
        summary();
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
                    peer.open(Files.createDirectories(root.resolve(kind.text())), options.fields());
                    long count = Math.min(options.rows(), FIRST_ROWS / options.fields());
                    Shared common = new Shared(count, new Zipf(count));
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
            delete(root);
        }
    }

    private void race(Path root, int repeat) throws Exception {
        Zipf zipf = new Zipf(options.rows());
        List<Peer.Kind> order = new ArrayList<>(options.systems());
        Collections.rotate(order, repeat);
        try {
            for (Peer.Kind kind : order) {
                Peer peer = kind.make();
                peers.put(kind, peer);
                peer.open(Files.createDirectories(root.resolve(kind.text())), options.fields());
                shared.put(kind, new Shared(options.rows(), zipf));
            }
            for (Phase phase : options.phases()) {
                out.printf("%n%s: %s%n", phase.text(), phase.title());
                for (Peer.Kind kind : order) {
                    Measured measured = measure(phase, kind, root);
                    if (measured == null) {
                        continue;
                    }
                    figures.computeIfAbsent(phase, p -> new EnumMap<>(Peer.Kind.class))
                            .computeIfAbsent(kind, k -> new ArrayList<>())
                            .add(measured);
                    out.printf("  %-13s %s%n", kind.text(), measured);
                }
                Collections.rotate(order, 1);
            }
            for (Peer.Kind kind : order) {
                out.printf(
                        Locale.ROOT,
                        "%n%s: %,d MB on disk for %,d MB of rows",
                        kind.text(),
                        size(root.resolve(kind.text())) >> 20,
                        (options.rows() * rows.bytes()) >> 20);
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
        if (phase == Phase.M) {
            long wall = System.nanoTime();
            long cpu = cpu(peer);
            peer.flush();
            peer.compact();
            double seconds = (System.nanoTime() - wall) / 1e9;
            return new Measured(
                    options.rows(), seconds, (cpu(peer) - cpu) / 1e3 / options.rows(), null, 0);
        }
        if (phase == Phase.R) {
            return Restart.measure(kind, root.resolve(kind.text() + "-restart"), options);
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
    private static void settle(Peer peer) throws InterruptedException {
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

    private Measured timed(Phase phase, Peer peer, Shared common, long nanos) throws Exception {
        int threads = phase.threads();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        int seconds = (int) Math.min(3600, nanos / 1_000_000_000L) + 2;
        AtomicLongArray each = new AtomicLongArray(Math.max(seconds, 3602));
        long cpu = cpu(peer);
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
                worst == Long.MAX_VALUE ? 0 : worst);
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

    private static double median(
            List<Measured> all, java.util.function.ToDoubleFunction<Measured> of) {
        double[] sorted = all.stream().mapToDouble(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private void summary() {
        out.printf(
                "%nMedians, and ratios to RocksDB (rate: higher is better; CPU: lower is better)%n");
        out.printf(
                "  %-6s %-13s %14s %8s %10s %8s%n",
                "phase", "store", "per second", "ratio", "cpu us", "ratio");
        figures.forEach(
                (phase, byKind) -> {
                    List<Measured> rocks = byKind.get(Peer.Kind.ROCKSDB);
                    byKind.forEach(
                            (kind, all) -> {
                                double rate = median(all, Measured::rate);
                                double cpu = median(all, Measured::cpuMicros);
                                out.printf(
                                        Locale.ROOT,
                                        "  %-6s %-13s %,14.0f %8s %10.2f %8s%n",
                                        phase.text(),
                                        kind.text(),
                                        rate,
                                        rocks == null
                                                ? "-"
                                                : "%.2f"
                                                        .formatted(
                                                                rate
                                                                        / median(
                                                                                rocks,
                                                                                Measured::rate)),
                                        cpu,
                                        rocks == null
                                                ? "-"
                                                : "%.2f"
                                                        .formatted(
                                                                cpu
                                                                        / median(
                                                                                rocks,
                                                                                Measured
                                                                                        ::cpuMicros)));
                            });
                });
    }

    static long size(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            long bytes = 0;
            for (Path file : (Iterable<Path>) files::iterator) {
                bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
            }
            return bytes;
        }
    }

    static void delete(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> all = files.sorted(java.util.Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
        }
    }
}
