package org.skep.lsm.wal;

import java.nio.ByteBuffer;
import org.skep.lsm.schema.Durability;

/** A record that changes no cells. Nobody waits for it. */
final class Marker extends Write {
    private final byte[] payload;

    Marker(WalRegion region, WalFormat.Type type, byte[] payload, Durability durability) {
        super(region, durability, type);
        this.payload = payload;
    }

    @Override
    protected int payloadSize() {
        return payload.length;
    }

    @Override
    protected void sequenced(long id) {
        // Nothing depends on it.
    }

    @Override
    protected void encode(ByteBuffer target) {
        target.put(payload);
    }

    @Override
    protected void rollback() {
        // Nothing was applied.
    }
}
