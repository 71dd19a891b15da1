package org.skep.lsmtests.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What to run. Immutable.
 *
 * @param large {@code --scenario large}: ten million rows, a kill and a restart, instead of phases
 * @param systems {@code --systems skep,rocksdb,hbase-region,hbase-client}, which is all but {@code
 *     rocksdb-cells}
 * @param phases {@code --phases L1,L2,L3@32,...}; L2 means all of L2@1, L2@8
 * @param variants {@code --variant A}, B or AB: rows with one value, with ten fields, or both
 * @param rows {@code --rows} in variant A; variant B has a fifth of them, about twice the bytes
 * @param valueBytes {@code --value-bytes}
 * @param seconds {@code --seconds} of each phase
 * @param warmUpSeconds {@code --warm-up} seconds before each
 * @param repeats {@code --repeats} of the whole
 * @param directory {@code --dir} where the stores are put
 */
record BenchmarkOptions(
        boolean large,
        List<Peer.Kind> systems,
        List<Phase> phases,
        List<Variant> variants,
        long rows,
        int valueBytes,
        int seconds,
        int warmUpSeconds,
        int repeats,
        Path directory) {
    private static final String ALL =
            "L1,L2@1,L2@8,L3@1,L3@8,L3@32,L3@128,M,G1@1,G1@8,G2,S1,S2,G3,A,B,C,D,E,F,W,R";
    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "--scenario", "phases",
                    "--systems", "skep,rocksdb,hbase-region,hbase-client",
                    "--phases", ALL,
                    "--variant", "AB",
                    "--value-bytes", "100",
                    "--seconds", "20",
                    "--warm-up", "5",
                    "--repeats", "3",
                    "--dir", System.getProperty("java.io.tmpdir"));

    /** A shape of rows. */
    enum Variant {
        /** One value. */
        A(1, 1),
        /** Ten fields. */
        B(10, 5);

        private final int fields;
        private final int divisor;

        Variant(int fields, int divisor) {
            this.fields = fields;
            this.divisor = divisor;
        }

        int fields() {
            return fields;
        }

        long rows(BenchmarkOptions options) {
            return Math.max(1, options.rows() / divisor);
        }
    }

    /** Reads options with their values, {@code --fast} alone; later ones win. */
    static BenchmarkOptions parse(String... arguments) {
        Map<String, String> given = new HashMap<>(DEFAULTS);
        int at = 0;
        while (at < arguments.length) {
            String name = arguments[at++];
            if (name.equals("--fast")) {
                given.put("--systems", "skep,rocksdb");
                given.put("--seconds", "5");
                given.put("--warm-up", "2");
                given.put("--repeats", "1");
                continue;
            }
            if (!DEFAULTS.containsKey(name) && !name.equals("--rows")) {
                throw new IllegalArgumentException("Unknown option: " + name);
            }
            if (at == arguments.length) {
                throw new IllegalArgumentException("Option without a value: " + name);
            }
            given.put(name, arguments[at++]);
        }
        boolean large = given.get("--scenario").equals("large");
        List<Variant> variants = new ArrayList<>();
        given.get("--variant").chars().forEach(c -> variants.add(Variant.valueOf("" + (char) c)));
        return new BenchmarkOptions(
                large,
                Peer.Kind.parse(given.get("--systems")),
                Phase.parse(given.get("--phases")),
                variants,
                Long.parseLong(given.getOrDefault("--rows", large ? "10000000" : "1000000")),
                Integer.parseInt(given.get("--value-bytes")),
                Integer.parseInt(given.get("--seconds")),
                Integer.parseInt(given.get("--warm-up")),
                Integer.parseInt(given.get("--repeats")),
                Path.of(given.get("--dir")));
    }
}
