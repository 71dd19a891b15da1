package org.skep.columnar.parquet;

import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.ColumnVector;

/** Booleans, as bits. Confined to one thread. */
final class BooleanLane extends ValueLane {
    private int pending;
    private int pendingBits;
    private boolean seenTrue;
    private boolean seenFalse;

    @Override
    boolean hasDictionary() {
        return false;
    }

    @Override
    void look(ColumnVector flat, int[] positions, int count, int[] ids, int at) {
        throw new IllegalStateException("Booleans have no dictionary");
    }

    @Override
    void plain(ColumnVector flat, int[] positions, int count, ByteSink out) {
        boolean[] values = ((BooleanVector) flat).values();
        for (int i = 0; i < count; i++) {
            boolean value = values[positions[i]];
            seenTrue |= value;
            seenFalse |= !value;
            pending |= value ? 1 << pendingBits : 0;
            if (++pendingBits == 8) {
                endPage(out);
            }
        }
    }

    @Override
    void endPage(ByteSink out) {
        if (pendingBits > 0) {
            out.write(pending);
            pending = 0;
            pendingBits = 0;
        }
    }

    @Override
    void plain(int[] ids, int count, ByteSink out) {
        throw new IllegalStateException("Booleans have no dictionary");
    }

    @Override
    int dictionarySize() {
        return 0;
    }

    @Override
    int dictionaryBytes() {
        return 0;
    }

    @Override
    void dictionary(ByteSink out) {
        throw new IllegalStateException("Booleans have no dictionary");
    }

    @Override
    long plainBytes(int[] ids, int count) {
        return (count + 7L) / 8;
    }

    @Override
    byte[] min() {
        return seenTrue || seenFalse ? new byte[] {(byte) (seenFalse ? 0 : 1)} : null;
    }

    @Override
    byte[] max() {
        return seenTrue || seenFalse ? new byte[] {(byte) (seenTrue ? 1 : 0)} : null;
    }

    @Override
    long retainedBytes() {
        return 0;
    }

    @Override
    void reset() {
        pending = 0;
        pendingBits = 0;
        seenTrue = false;
        seenFalse = false;
    }
}
