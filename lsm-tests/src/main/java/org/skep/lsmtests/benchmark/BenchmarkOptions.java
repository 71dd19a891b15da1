package org.skep.lsmtests.benchmark;

import java.nio.file.Path;
import java.util.List;

/**
 * What to run. Immutable.
 *
 * @param systems {@code --systems skep,rocksdb,hbase-region,hbase-client}
 * @param phases {@code --phases L1,L2,L3@32,...}; L2 means all of L2@1, L2@8
 * @param rows {@code --rows}
 * @param fields 1 in variant A, 10 in variant B: {@code --variant}
 * @param valueBytes {@code --value-bytes}
 * @param seconds {@code --seconds} of each phase
 * @param warmUpSeconds {@code --warm-up} seconds before each
 * @param repeats {@code --repeats} of the whole
 * @param directory {@code --dir} where the stores are put
 */
record BenchmarkOptions(
        List<Peer.Kind> systems,
        List<Phase> phases,
        long rows,
        int fields,
        int valueBytes,
        int seconds,
        int warmUpSeconds,
        int repeats,
        Path directory) {
    private static final String ALL =
            "L1,L2@1,L2@8,L3@1,L3@8,L3@32,L3@128,M,G1@1,G1@8,G2,S1,S2,G3,A,B,C,D,E,F,W,R";

    static BenchmarkOptions parse(String... arguments) {
        BenchmarkOptions options =
                new BenchmarkOptions(
                        Peer.Kind.parse("skep,rocksdb"),
                        Phase.parse(ALL),
                        1_000_000,
                        1,
                        100,
                        20,
                        5,
                        3,
                        Path.of(System.getProperty("java.io.tmpdir")));
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options = options.with(arguments[i], arguments[i + 1]);
        }
        if (arguments.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "Option without a value: " + arguments[arguments.length - 1]);
        }
        return options;
    }

    private BenchmarkOptions with(String name, String value) {
        return switch (name) {
            case "--systems" ->
                    new BenchmarkOptions(
                            Peer.Kind.parse(value),
                            phases,
                            rows,
                            fields,
                            valueBytes,
                            seconds,
                            warmUpSeconds,
                            repeats,
                            directory);
            case "--phases" ->
                    new BenchmarkOptions(
                            systems,
                            Phase.parse(value),
                            rows,
                            fields,
                            valueBytes,
                            seconds,
                            warmUpSeconds,
                            repeats,
                            directory);
            case "--rows" ->
                    new BenchmarkOptions(
                            systems,
                            phases,
                            Long.parseLong(value),
                            fields,
                            valueBytes,
                            seconds,
                            warmUpSeconds,
                            repeats,
                            directory);
            case "--variant" ->
                    new BenchmarkOptions(
                            systems,
                            phases,
                            rows,
                            value.equals("B") ? 10 : 1,
                            valueBytes,
                            seconds,
                            warmUpSeconds,
                            repeats,
                            directory);
            case "--value-bytes" ->
                    new BenchmarkOptions(
                            systems,
                            phases,
                            rows,
                            fields,
                            Integer.parseInt(value),
                            seconds,
                            warmUpSeconds,
                            repeats,
                            directory);
            case "--seconds" ->
                    new BenchmarkOptions(
                            systems,
                            phases,
                            rows,
                            fields,
                            valueBytes,
                            Integer.parseInt(value),
                            warmUpSeconds,
                            repeats,
                            directory);
            case "--warm-up" ->
                    new BenchmarkOptions(
                            systems,
                            phases,
                            rows,
                            fields,
                            valueBytes,
                            seconds,
                            Integer.parseInt(value),
                            repeats,
                            directory);
            case "--repeats" ->
                    new BenchmarkOptions(
                            systems,
                            phases,
                            rows,
                            fields,
                            valueBytes,
                            seconds,
                            warmUpSeconds,
                            Integer.parseInt(value),
                            directory);
            case "--dir" ->
                    new BenchmarkOptions(
                            systems,
                            phases,
                            rows,
                            fields,
                            valueBytes,
                            seconds,
                            warmUpSeconds,
                            repeats,
                            Path.of(value));
            default -> throw new IllegalArgumentException("Unknown option: " + name);
        };
    }
}
