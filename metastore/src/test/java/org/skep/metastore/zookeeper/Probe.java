package org.skep.metastore.zookeeper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.zookeeper.KeeperException;
import org.skep.metastore.Table;

/** Looks at nodes, and damages them, past the catalogue. */
final class Probe implements AutoCloseable {
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final ZooKeeperClient client;

    Probe(EmbeddedEnsemble ensemble) {
        client =
                new ZooKeeperClient(
                        ensemble,
                        NodePaths.ROOT,
                        new ZooKeeperClient.Listener() {
                            @Override
                            public void changed(String path, long zxid) {
                                // Not watched.
                            }

                            @Override
                            public void interrupted() {
                                // Not watched.
                            }
                        });
    }

    byte[] data(String path) {
        return client.get(path).orElseThrow().data();
    }

    void set(String path, byte[] data) throws KeeperException {
        client.write(zooKeeper -> zooKeeper.setData(path, data, -1));
    }

    /** Makes numbered nodes of these sizes, all requests under way at once. */
    void create(String prefix, int from, List<Integer> sizes) {
        List<ZooKeeperClient.NewNode> nodes = new ArrayList<>();
        for (int size : sizes) {
            byte[] data = new byte[size];
            Arrays.fill(data, (byte) 7);
            nodes.add(new ZooKeeperClient.NewNode(prefix + (from + nodes.size()), data));
        }
        client.createAll(nodes);
    }

    /** The content names that are stored for a table. */
    Set<String> stored(Table table) {
        return Set.copyOf(client.children(NodePaths.data(table.id())).orElse(List.of()));
    }

    List<String> children(String path) {
        return client.children(path).orElse(List.of());
    }

    /** Flips one bit of a node. */
    void damage(String path, int index) throws KeeperException {
        byte[] data = data(path);
        data[index] ^= 4;
        set(path, data);
    }

    /** Waits for something that happens on another thread. */
    static boolean comesTrue(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    @Override
    public void close() {
        client.close();
    }
}
