package org.skep.metastore.zookeeper;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.zookeeper.KeeperException;

/**
 * Writes the nodes of one table that its next version will refer to, each called by a hash of its
 * content. All are durable after {@link #finish}. Confined to one thread.
 */
final class WriteAhead implements PartitionStore.Sink {
    private static final int NAME_BYTES = 16;
    private static final int BATCH_BYTES = 8 << 20;

    private final ZooKeeperClient client;
    private final String tableId;
    private final Set<String> referenced;
    private final List<ZooKeeperClient.NewNode> batch = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private long batchBytes;
    private long bytes;

    /**
     * Writes for a table.
     *
     * @param referenced the content names that its present version refers to, which are safe
     */
    WriteAhead(ZooKeeperClient client, String tableId, Set<String> referenced) {
        this.client = client;
        this.tableId = tableId;
        this.referenced = referenced;
    }

    @Override
    public String write(byte[] node) {
        String name = contentName(node);
        if (!referenced.contains(name) && names.add(name)) {
            if (names.size() == 1) {
                begin();
            }
            batch.add(new ZooKeeperClient.NewNode(NodePaths.content(tableId, name), node));
            batchBytes += node.length;
            bytes += node.length;
            if (batchBytes > BATCH_BYTES) {
                finish();
            }
        }
        return name;
    }

    // The marker comes first, so that a crash at any later instant leaves a trace for the sweeper.
    private void begin() {
        for (String path :
                List.of(
                        NodePaths.unswept(tableId),
                        NodePaths.dataShard(tableId),
                        NodePaths.data(tableId))) {
            batch.add(new ZooKeeperClient.NewNode(path, new byte[0]));
        }
    }

    /** Returns when all that was written is durable. */
    void finish() {
        boolean[] made = client.createAll(batch);
        for (int i = 0; i < made.length; i++) {
            if (!made[i] && batch.get(i).data().length > 0) {
                touch(batch.get(i));
            }
        }
        batch.clear();
        batchBytes = 0;
    }

    // A node that was there unreferenced may be about to be swept: a new version stops that.
    private void touch(ZooKeeperClient.NewNode node) {
        try {
            client.write(zooKeeper -> zooKeeper.setData(node.path(), node.data(), -1));
        } catch (KeeperException.NoNodeException e) {
            client.createAll(List.of(node));
        } catch (KeeperException e) {
            throw ZooKeeperClient.unexpected(node.path(), e);
        }
    }

    /** The names that were written. */
    Set<String> names() {
        return names;
    }

    /** The size of all that was written. */
    long bytes() {
        return bytes;
    }

    static String contentName(byte[] node) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(node);
            return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
