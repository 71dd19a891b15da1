package org.skep.metastore.zookeeper;

import java.util.HashMap;
import java.util.Map;

/**
 * What was read of nodes that change: names, tables, databases. An entry lives until a watch tells
 * of a newer transaction; while changes may go unseen nothing is kept. Guarded by itself.
 */
final class ObjectCache implements ZooKeeperClient.Listener {
    private static final int MOST = 4_096;

    /**
     * A node's decoded content.
     *
     * @param zxid the transaction that wrote it
     */
    record Entry<T>(T value, long zxid) {}

    private final Map<String, Entry<?>> entries = new HashMap<>();
    private long changes;
    private long lastZxid;

    /** What is known of a node, or null. */
    synchronized <T> T get(String path, Class<T> type) {
        Entry<?> entry = entries.get(path);
        return entry == null ? null : type.cast(entry.value());
    }

    /** To be asked before a read whose result goes to {@link #read}. */
    synchronized long ticket() {
        return changes;
    }

    /** Keeps what was read unless something changed since the ticket was drawn. */
    synchronized void read(String path, Object value, long zxid, long ticket) {
        if (ticket == changes) {
            put(path, value, zxid);
        }
    }

    /** Keeps what this session wrote, unless a later change was seen. */
    synchronized void wrote(String path, Object value, long zxid) {
        changes++;
        if (zxid >= lastZxid) {
            put(path, value, zxid);
        } else {
            entries.remove(path);
        }
    }

    /** Forgets a node. */
    synchronized void forget(String path) {
        changes++;
        entries.remove(path);
    }

    private void put(String path, Object value, long zxid) {
        if (entries.size() >= MOST) {
            entries.clear();
        }
        entries.put(path, new Entry<>(value, zxid));
    }

    @Override
    public synchronized void changed(String path, long zxid) {
        changes++;
        lastZxid = Math.max(lastZxid, zxid);
        Entry<?> entry = entries.get(path);
        if (entry != null && (zxid < 0 || zxid > entry.zxid())) {
            entries.remove(path);
        }
    }

    @Override
    public synchronized void interrupted() {
        changes++;
        entries.clear();
    }
}
