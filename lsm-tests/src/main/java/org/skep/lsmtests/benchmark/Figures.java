package org.skep.lsmtests.benchmark;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of all stores in one variant, and what that says about the bars. Confined to
 * one thread.
 */
final class Figures {
    private static final double HBASE = 3;
    private static final double LONGEST_STALL_MILLIS = 1000;
    private static final double RESTART_SECONDS = 3;

    private final Map<Phase, Map<Peer.Kind, List<Measured>>> all = new EnumMap<>(Phase.class);

    void add(Phase phase, Peer.Kind kind, Measured measured) {
        all.computeIfAbsent(phase, p -> new EnumMap<>(Peer.Kind.class))
                .computeIfAbsent(kind, k -> new ArrayList<>())
                .add(measured);
    }

    private static double median(List<Measured> values, ToDoubleFunction<Measured> of) {
        double[] sorted = values.stream().mapToDouble(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    // Not a number if either store did not take part.
    private double ratio(Phase phase, Peer.Kind of, Peer.Kind to, ToDoubleFunction<Measured> what) {
        Map<Peer.Kind, List<Measured>> byKind = all.getOrDefault(phase, Map.of());
        if (!byKind.containsKey(of) || !byKind.containsKey(to)) {
            return Double.NaN;
        }
        return median(byKind.get(of), what) / median(byKind.get(to), what);
    }

    private static String text(double ratio) {
        return Double.isNaN(ratio) ? "-" : String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** Prints medians and ratios to RocksDB. */
    void printMedians(PrintStream out) {
        out.printf("%nMedians, ratios to RocksDB (rate: higher is better; CPU: lower is better)%n");
        out.printf(
                "  %-6s %-13s %14s %8s %10s %8s %9s %9s%n",
                "phase", "store", "per second", "ratio", "cpu us", "ratio", "p50 us", "p99 us");
        all.forEach(
                (phase, byKind) ->
                        byKind.forEach(
                                (kind, values) ->
                                        out.printf(
                                                Locale.ROOT,
                                                "  %-6s %-13s %,14.0f %8s %10.2f %8s %9.1f %9.1f%n",
                                                phase.text(),
                                                kind.text(),
                                                median(values, Measured::rate),
                                                text(toRocks(phase, kind, Measured::rate)),
                                                median(values, Measured::cpuMicros),
                                                text(toRocks(phase, kind, Measured::cpuMicros)),
                                                median(values, m -> m.micros(50)),
                                                median(values, m -> m.micros(99)))));
    }

    private double toRocks(Phase phase, Peer.Kind kind, ToDoubleFunction<Measured> what) {
        return ratio(phase, kind, Peer.Kind.ROCKSDB, what);
    }

    /** Prints which bars are met. */
    void printBars(PrintStream out) {
        out.printf("%nBars%n");
        ToDoubleFunction<Measured> rate = Measured::rate;
        ToDoubleFunction<Measured> cpu = Measured::cpuMicros;
        least(out, Phase.L3_32, "rate of RocksDB's, at least", 0.9, rate);
        most(out, Phase.L2_1, "CPU of RocksDB's, at most", 1.2, cpu);
        most(out, Phase.L2_8, "CPU of RocksDB's, at most", 1.2, cpu);
        most(out, Phase.G1_1, "CPU of RocksDB's, at most", 1.5, cpu);
        most(out, Phase.G1_8, "CPU of RocksDB's, at most", 1.5, cpu);
        least(out, Phase.S1, "rate of RocksDB's, at least", 1.0, rate);
        absolute(out, Phase.W, "longest stall in ms, at most", LONGEST_STALL_MILLIS, true);
        absolute(out, Phase.R, "seconds of a restart, at most", RESTART_SECONDS, false);
        for (Phase phase : all.keySet()) {
            double ratio = ratio(phase, Peer.Kind.SKEP, Peer.Kind.HBASE_CLIENT, rate);
            bar(out, phase, "rate of HBase's client, at least", HBASE, ratio, ratio >= HBASE);
        }
    }

    private void least(
            PrintStream out,
            Phase phase,
            String what,
            double bar,
            ToDoubleFunction<Measured> figure) {
        double ratio = toRocks(phase, Peer.Kind.SKEP, figure);
        bar(out, phase, what, bar, ratio, ratio >= bar);
    }

    private void most(
            PrintStream out,
            Phase phase,
            String what,
            double bar,
            ToDoubleFunction<Measured> figure) {
        double ratio = toRocks(phase, Peer.Kind.SKEP, figure);
        bar(out, phase, what, bar, ratio, ratio <= bar);
    }

    // The worst of all repetitions counts.
    private void absolute(PrintStream out, Phase phase, String what, double bar, boolean stall) {
        List<Measured> values =
                all.getOrDefault(phase, Map.of()).getOrDefault(Peer.Kind.SKEP, List.of());
        double worst = Double.NaN;
        for (Measured each : values) {
            double value = stall ? each.maxMillis() : each.seconds();
            worst = Double.isNaN(worst) ? value : Math.max(worst, value);
        }
        bar(out, phase, what, bar, worst, worst <= bar);
    }

    private static void bar(
            PrintStream out, Phase phase, String what, double bar, double value, boolean met) {
        if (!Double.isNaN(value)) {
            out.printf(
                    Locale.ROOT,
                    "  %-6s %-34s %8.1f: %8.2f  %s%n",
                    phase.text(),
                    what,
                    bar,
                    value,
                    met ? "met" : "MISSED");
        }
    }
}
