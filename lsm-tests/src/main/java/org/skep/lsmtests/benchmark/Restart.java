package org.skep.lsmtests.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The restart phase: a child fills 256 MB of log, is killed, and its store is opened here. */
final class Restart {
    private static final long LOG_BYTES = 256L << 20;

    private Restart() {}

    /** In the child: {@code kind directory fields valueBytes}. Writes, says so, and waits. */
    public static void main(String[] arguments) throws Exception {
        Peer.Kind kind = Peer.Kind.valueOf(arguments[0]);
        Rows rows = new Rows(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        Peer peer = kind.make();
        peer.open(Path.of(arguments[1]), rows.fields());
        long count = LOG_BYTES / rows.bytes();
        List<byte[]> keys = new ArrayList<>();
        List<byte[][]> values = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            keys.add(Rows.key(i));
            values.add(rows.values(i, 0));
            if (keys.size() == 1000) {
                peer.putAll(keys, values);
                keys.clear();
                values.clear();
            }
        }
        peer.put(Rows.key(0), rows.values(0, 1), Peer.Sync.FSYNC);
        System.out.println("ready");
        System.out.flush();
        Thread.sleep(60_000);
    }

    /** Null for a store that does not take part: HBase, whose servers restart otherwise. */
    static Measured measure(Peer.Kind kind, Path directory, Rows rows) throws Exception {
        if (kind == Peer.Kind.HBASE_CLIENT || kind == Peer.Kind.HBASE_REGION) {
            return null;
        }
        Files.createDirectories(directory);
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx1500m",
                                "-XX:MaxDirectMemorySize=2g",
                                "-Dskep.benchmark.unflushed=true",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Restart.class.getName(),
                                kind.name(),
                                directory.toString(),
                                Integer.toString(rows.fields()),
                                Integer.toString(rows.valueBytes()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        int first = child.getInputStream().read();
        if (first != 'r') {
            throw new IllegalStateException("The child ended before it was ready");
        }
        child.destroyForcibly().waitFor();
        Peer peer = kind.make();
        long begin = System.nanoTime();
        peer.open(directory, rows.fields());
        if (peer.get(Rows.key(1)) == 0 || peer.get(Rows.key(0)) == 0) {
            throw new IllegalStateException("Rows are lost: " + kind);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        peer.close();
        return new Measured(
                1,
                seconds,
                seconds * 1e6,
                null,
                0,
                Double.NaN,
                ProcessFigures.residentBytes(ProcessHandle.current().pid()));
    }
}
