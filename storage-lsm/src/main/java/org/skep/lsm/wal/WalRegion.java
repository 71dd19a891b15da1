package org.skep.lsm.wal;

import java.nio.charset.StandardCharsets;

/**
 * A region as the log knows it: its name, and up to which sequence id its writes are in store files
 * and not needed in the log any more. Guarded by the log's lock.
 */
public final class WalRegion {
    final String name;
    final byte[] nameBytes;
    // All writes up to this one are in store files.
    long flushed;
    // The use of the newest file that holds a write of this region.
    WalFile.Use use;

    WalRegion(String name) {
        this.name = name;
        nameBytes = name.getBytes(StandardCharsets.UTF_8);
        if (nameBytes.length == 0 || nameBytes.length > WalFormat.MAX_REGION) {
            throw new IllegalArgumentException("Invalid region name: " + name);
        }
    }

    /** The name in the log's records. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
