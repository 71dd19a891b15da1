package org.skep.executor.group;

import java.util.Arrays;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.types.DataType;
import org.skep.types.hash.ByteHash;
import org.skep.types.key.EncodedKeys;
import org.skep.types.key.KeyEncoder;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** Keys as bytes: the values of one column of bytes, or whatever columns encoded. */
final class BytesGroupTable extends GroupTable {
    private final List<DataType> types;
    private final boolean direct;
    // Slot: upper half of the hash in the upper half, number plus 1 in the lower.
    private long[] slots = new long[1024];
    private long[] hashes = new long[64];
    private int[] ends = new int[64];
    private byte[] stored = new byte[1024];
    private int used;
    private int nullGroup = -1;
    // Groups whose key is stored; the group of NULL has none.
    private int[] storedGroups = new int[64];
    private final Source source;

    /**
     * A table.
     *
     * @param direct whether the key is one column of bytes, taken as it is
     */
    BytesGroupTable(List<DataType> types, boolean direct) {
        super(types);
        this.types = types;
        this.direct = direct;
        source = new Source(types, direct);
    }

    /** The bytes of each row's key. */
    private static final class Source {
        private final boolean direct;
        private final KeyEncoder encoder;
        private final EncodedKeys encoded = new EncodedKeys();
        private byte[] data;
        private BytesVector vector;
        private boolean[] nulls;

        Source(List<DataType> types, boolean direct) {
            this.direct = direct;
            encoder = direct ? null : KeyEncoder.ascending(types);
        }

        void take(ColumnVector[] columns, Selection selection) {
            if (direct) {
                vector = (BytesVector) columns[0];
                data = vector.data();
                nulls = vector.nulls();
            } else {
                encoded.clear();
                encoder.encode(columns, selection, encoded);
                data = encoded.data();
            }
        }

        int start(int k, int row) {
            return direct ? vector.starts()[row] : encoded.start(k);
        }

        int length(int k, int row) {
            return direct ? vector.lengths()[row] : encoded.end(k) - encoded.start(k);
        }

        boolean isNull(int row) {
            return nulls != null && nulls[row];
        }
    }

    private int start(int entry) {
        return entry == 0 ? 0 : ends[entry - 1];
    }

    // Entries are numbered by order of storing; storedGroups maps them to groups.
    private int find(byte[] data, int start, int length, long hash) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        for (long found = slots[slot]; found != 0; found = slots[slot]) {
            if ((found ^ hash) >>> 32 == 0) {
                int entry = (int) found - 1;
                if (Arrays.equals(stored, start(entry), ends[entry], data, start, start + length)) {
                    return entry;
                }
            }
            slot = (slot + 1) & mask;
        }
        return -1 - slot;
    }

    @Override
    void assignGroups(ColumnVector[] columns, Selection selection, int[] groups) {
        source.take(columns, selection);
        int rows = selection.count();
        while (2L * (used + rows) > slots.length) {
            grow();
        }
        for (int k = 0; k < rows; k++) {
            int row = selection.position(k);
            if (source.isNull(row)) {
                if (nullGroup < 0) {
                    nullGroup = add(row);
                }
                groups[k] = nullGroup;
                continue;
            }
            int start = source.start(k, row);
            int length = source.length(k, row);
            long hash = ByteHash.hash(source.data, start, length);
            int entry = find(source.data, start, length, hash);
            if (entry >= 0) {
                groups[k] = storedGroups[entry];
            } else {
                groups[k] = add(row);
                store(-1 - entry, start, length, hash, groups[k]);
            }
        }
    }

    private void store(int slot, int start, int length, long hash, int group) {
        if (used == ends.length) {
            ends = Arrays.copyOf(ends, used * 2);
            hashes = Arrays.copyOf(hashes, used * 2);
            storedGroups = Arrays.copyOf(storedGroups, used * 2);
        }
        int from = start(used);
        long end = (long) from + length;
        if (end > Integer.MAX_VALUE - 16) {
            throw new SkepException(ErrorCode.MEMORY_LIMIT, "Keys in memory exceed 2 GB");
        }
        if (end > stored.length) {
            long grown = Math.min(Integer.MAX_VALUE - 16, Math.max(end, stored.length * 2L));
            stored = Arrays.copyOf(stored, (int) grown);
        }
        System.arraycopy(source.data, start, stored, from, length);
        ends[used] = (int) end;
        hashes[used] = hash;
        storedGroups[used] = group;
        used++;
        slots[slot] = (hash & 0xFFFFFFFF00000000L) | used;
    }

    private void grow() {
        slots = new long[slots.length * 2];
        int mask = slots.length - 1;
        for (int entry = 0; entry < used; entry++) {
            int slot = (int) hashes[entry] & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = (hashes[entry] & 0xFFFFFFFF00000000L) | (entry + 1L);
        }
    }

    @Override
    Lookup lookup() {
        Source own = new Source(types, direct);
        return (columns, selection, groups) -> {
            own.take(columns, selection);
            for (int k = 0; k < selection.count(); k++) {
                int row = selection.position(k);
                if (own.isNull(row)) {
                    groups[k] = nullGroup;
                    continue;
                }
                int start = own.start(k, row);
                int length = own.length(k, row);
                int entry = find(own.data, start, length, ByteHash.hash(own.data, start, length));
                groups[k] = entry < 0 ? -1 : storedGroups[entry];
            }
        };
    }

    @Override
    long tableBytes() {
        return 8L * slots.length + stored.length + 16L * ends.length;
    }
}
