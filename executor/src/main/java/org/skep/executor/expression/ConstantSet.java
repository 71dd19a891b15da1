package org.skep.executor.expression;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;
import org.skep.types.TypeKind;
import org.skep.types.hash.ByteHash;
import org.skep.types.key.EncodedKeys;
import org.skep.types.key.KeyEncoder;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DatumVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** The constants of an IN list, hashed. Confined to one thread. */
final class ConstantSet {
    private final boolean hasNull;
    private final boolean byLong;
    private final boolean byBytes;
    private final long[] longs;
    private final boolean[] used;
    private final byte[][] slots;
    private final KeyEncoder encoder;
    private final EncodedKeys encoded = new EncodedKeys();

    ConstantSet(DataType type, List<Datum> items) {
        List<Datum> values = items.stream().filter(item -> !item.isNull()).toList();
        hasNull = values.size() < items.size();
        TypeKind kind = type.kind();
        byLong =
                kind.isInteger()
                        || kind == TypeKind.DATE
                        || kind == TypeKind.INTERVAL_YEAR_MONTH
                        || (kind == TypeKind.DECIMAL && values.stream().allMatch(this::fitsLong));
        byBytes = !byLong && (kind.isCharacter() || kind == TypeKind.BINARY);
        int size = Integer.highestOneBit(Math.max(values.size(), 2) * 4);
        longs = new long[byLong ? size : 0];
        used = new boolean[byLong ? size : 0];
        slots = new byte[byLong ? 0 : size][];
        encoder = byLong || byBytes ? null : KeyEncoder.ascending(List.of(type));
        values.forEach(this::add);
    }

    private boolean fitsLong(Datum datum) {
        int scale = ((DecimalType) datum.type()).scale();
        return ((BigDecimal) datum.value()).setScale(scale).unscaledValue().bitLength() < 64;
    }

    /** Whether an item is NULL. */
    boolean hasNull() {
        return hasNull;
    }

    private void add(Datum datum) {
        ColumnVector one = ColumnVector.create(datum.type(), 1);
        DatumVector.write(one, 0, datum.value());
        if (byLong) {
            addLong(longOf(one));
            return;
        }
        byte[] bytes;
        if (byBytes) {
            bytes =
                    datum.value() instanceof Datum.Bytes raw
                            ? raw.toArray()
                            : text(datum).getBytes(StandardCharsets.UTF_8);
        } else {
            encoded.clear();
            encoder.encode(new ColumnVector[] {one}, Selection.all(1), encoded);
            bytes = encoded.copy(0);
        }
        int slot = slotOf(bytes, 0, bytes.length);
        slots[slot] = bytes;
    }

    private static String text(Datum datum) {
        String text = (String) datum.value();
        return datum.type().kind() == TypeKind.CHAR ? text.stripTrailing() : text;
    }

    private static long longOf(ColumnVector one) {
        return one instanceof DecimalVector decimals
                ? decimals.low()[0]
                : ((LongVector) one).values()[0];
    }

    private void addLong(long value) {
        int mask = longs.length - 1;
        int slot = (int) ByteHash.mix(value) & mask;
        while (used[slot] && longs[slot] != value) {
            slot = (slot + 1) & mask;
        }
        used[slot] = true;
        longs[slot] = value;
    }

    private boolean containsLong(long value) {
        int mask = longs.length - 1;
        int slot = (int) ByteHash.mix(value) & mask;
        while (used[slot]) {
            if (longs[slot] == value) {
                return true;
            }
            slot = (slot + 1) & mask;
        }
        return false;
    }

    private int slotOf(byte[] data, int start, int length) {
        int mask = slots.length - 1;
        int slot = (int) ByteHash.hash(data, start, length) & mask;
        while (slots[slot] != null
                && !Arrays.equals(
                        slots[slot], 0, slots[slot].length, data, start, start + length)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** The selected rows, none of them NULL, whose value is in the set. */
    Selection select(ColumnVector vector, Selection selection) {
        if (selection.count() == 0) {
            return selection;
        }
        if (vector instanceof ConstantVector constant) {
            return select(constant.value(), Selection.all(1)).count() == 1 ? selection : Rows.NONE;
        }
        int[] kept = new int[selection.count()];
        int count;
        if (byLong) {
            count = selectLongs(vector, selection, kept);
        } else if (byBytes) {
            count = selectBytes((BytesVector) vector, selection, kept);
        } else {
            count = selectEncoded(vector, selection, kept);
        }
        return count == selection.count() ? selection : Selection.of(kept, count);
    }

    private int selectLongs(ColumnVector vector, Selection selection, int[] kept) {
        int count = 0;
        long[] high = null;
        long[] values;
        if (vector instanceof DecimalVector decimals) {
            values = decimals.low();
            high = decimals.high();
        } else {
            values = ((LongVector) vector).values();
        }
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            kept[count] = row;
            boolean fits = high == null || high[row] == values[row] >> 63;
            count += fits && containsLong(values[row]) ? 1 : 0;
        }
        return count;
    }

    private int selectBytes(BytesVector bytes, Selection selection, int[] kept) {
        int count = 0;
        byte[] data = bytes.data();
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            kept[count] = row;
            int slot = slotOf(data, bytes.starts()[row], bytes.lengths()[row]);
            count += slots[slot] != null ? 1 : 0;
        }
        return count;
    }

    private int selectEncoded(ColumnVector vector, Selection selection, int[] kept) {
        encoded.clear();
        encoder.encode(new ColumnVector[] {vector}, selection, encoded);
        int count = 0;
        for (int k = 0; k < selection.count(); k++) {
            kept[count] = selection.position(k);
            int start = encoded.start(k);
            int slot = slotOf(encoded.data(), start, encoded.end(k) - start);
            count += slots[slot] != null ? 1 : 0;
        }
        return count;
    }
}
