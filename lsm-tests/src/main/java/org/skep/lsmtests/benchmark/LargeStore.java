package org.skep.lsmtests.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Many rows in the region store: a process loads them and is killed; another one opens what is
 * left, compacts it, reads single rows and scans all. The peak of each process's memory counts.
 * Confined to one thread.
 */
final class LargeStore {
    private static final double MOST_MEGABYTES = 1536;
    private static final int GETS = 500_000;
    private static final String LOADED = "loaded";

    private final PrintStream out;
    private final BenchmarkOptions options;

    LargeStore(PrintStream out, BenchmarkOptions options) {
        this.out = out;
        this.options = options;
    }

    /** Runs all; whether nothing was lost and memory stayed within its bar. */
    boolean run() throws Exception {
        out.printf(Locale.ROOT, "%,d rows of %d bytes%n", options.rows(), options.valueBytes());
        Path directory = Files.createTempDirectory(options.directory(), "region-store-large");
        try {
            double first = child("load", directory);
            out.println("killed");
            double second = child("check", directory);
            double peak = Math.max(first, second);
            boolean good = peak <= MOST_MEGABYTES;
            out.printf(
                    Locale.ROOT,
                    "Peak of memory: %.0f MB, at most %.0f: %s; %,d MB on disk%n",
                    peak,
                    MOST_MEGABYTES,
                    good ? "met" : "MISSED",
                    Directories.size(directory) >> 20);
            return good;
        } finally {
            Directories.delete(directory);
        }
    }

    // Runs a part in a process of its own; the peak of its memory in MB.
    private double child(String part, Path directory) throws Exception {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:MaxDirectMemorySize=900m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LargeStore.class.getName(),
                                part,
                                directory.toString(),
                                Long.toString(options.rows()),
                                Integer.toString(options.valueBytes()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        double peak = Double.NaN;
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("peak ")) {
                    peak = Double.parseDouble(line.substring(5));
                } else if (line.equals(LOADED)) {
                    child.destroyForcibly();
                    break;
                } else {
                    out.println(line);
                }
            }
        }
        int code = child.waitFor();
        if (Double.isNaN(peak) || (part.equals("check") && code != 0)) {
            throw new IllegalStateException("%s failed with code %d".formatted(part, code));
        }
        return peak;
    }

    /** In the child: {@code load|check directory rows valueBytes}. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        long count = Long.parseLong(arguments[2]);
        Rows rows = new Rows(1, Integer.parseInt(arguments[3]));
        SkepPeer peer = new SkepPeer(true);
        long begin = System.nanoTime();
        peer.open(directory, 1);
        if (arguments[0].equals("load")) {
            load(peer, rows, count);
            System.out.println("peak " + peakMegabytes());
            // Whoever reads this kills the process.
            System.out.println(LOADED);
            System.out.flush();
            Thread.sleep(60_000);
            return;
        }
        peer.get(Rows.key(0));
        say("opened, first row read", 1, begin);
        check(peer, rows, count);
        System.out.println("peak " + peakMegabytes());
        peer.close();
        System.exit(0);
    }

    private static void load(SkepPeer peer, Rows rows, long count) {
        long begin = System.nanoTime();
        List<byte[]> keys = new ArrayList<>();
        List<byte[][]> values = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            keys.add(Rows.key(i));
            values.add(rows.values(i, 0));
            if (keys.size() == 1000 || i == count - 1) {
                peer.putAll(keys, values);
                keys.clear();
                values.clear();
            }
        }
        say("loaded", count, begin);
    }

    private static void check(SkepPeer peer, Rows rows, long count) {
        long begin = System.nanoTime();
        peer.compact();
        say("compacted", count, begin);
        begin = System.nanoTime();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < GETS; i++) {
            long row = random.nextLong(count);
            if (peer.get(Rows.key(row)) != rows.valueBytes()) {
                throw new IllegalStateException("Row lost: " + row);
            }
        }
        say("got rows by key", GETS, begin);
        begin = System.nanoTime();
        long found = peer.scan(new byte[] {0}, Long.MAX_VALUE);
        if (found != count) {
            throw new IllegalStateException("Scan gave %d rows of %d".formatted(found, count));
        }
        say("scanned", found, begin);
    }

    private static void say(String what, long count, long begin) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(Locale.ROOT, "%-24s %8.2f s %,14.0f/s%n", what, seconds, count / seconds);
    }

    private static double peakMegabytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
            }
        }
        throw new IllegalStateException("No peak of memory in /proc/self/status");
    }
}
