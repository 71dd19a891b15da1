package org.skep.lsmtests.benchmark;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.Locale;

/**
 * Runs the same phases on the region store, RocksDB and HBase in turns and prints each figure, its
 * ratio to RocksDB's, and which bars are met; or loads a large store, kills it and looks at what is
 * left.
 */
public final class RegionStoreBenchmark {
    private RegionStoreBenchmark() {}

    /** Runs with the arguments that {@link BenchmarkOptions} describes. */
    public static void main(String[] arguments) throws Exception {
        BenchmarkOptions options = BenchmarkOptions.parse(arguments);
        Files.createDirectories(options.directory());
        PrintStream out = System.out;
        out.printf(
                Locale.ROOT,
                "JDK %s, %d processors, heap %d MB, load %.1f%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20,
                load());
        boolean good = true;
        if (options.large()) {
            good = new LargeStore(out, options).run();
        } else {
            for (BenchmarkOptions.Variant variant : options.variants()) {
                new Race(out, options, variant).run();
            }
        }
        out.printf(Locale.ROOT, "%nload %.1f in the end%n", load());
        // HBase leaves threads behind.
        System.exit(good ? 0 : 1);
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
