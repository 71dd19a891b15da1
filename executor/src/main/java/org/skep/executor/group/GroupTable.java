package org.skep.executor.group;

import java.util.List;
import org.skep.executor.vector.RowBuffer;
import org.skep.executor.vector.SamePositions;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
import org.skep.types.TypeKind;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/**
 * A hash table that gives each different key a number, from 0 on in order of first appearance. NULL
 * equals NULL. Confined to one thread while keys are added; {@link Finder}s of one table may then
 * be used by many threads.
 */
public abstract class GroupTable {
    private final RowBuffer keys;
    private final ColumnVector[] scratch;
    private boolean keepsKeys = true;
    private int[] added = new int[64];
    private int addedCount;
    private int count;

    GroupTable(List<DataType> types) {
        keys = new RowBuffer(types);
        scratch = new ColumnVector[types.size()];
    }

    /** The table that suits keys of these types. */
    public static GroupTable of(List<DataType> types) {
        if (types.size() == 1 && isLong(types.get(0))) {
            return new LongGroupTable(types);
        }
        if (types.size() == 1 && isBytes(types.get(0))) {
            return new BytesGroupTable(types, true);
        }
        int words = 1;
        for (DataType type : types) {
            if (isOneWord(type)) {
                words += 1;
            } else if (isTwoWords(type)) {
                words += 2;
            } else {
                return new BytesGroupTable(types, false);
            }
        }
        return words > 1 && types.size() <= 64
                ? new WordsGroupTable(types, words)
                : new BytesGroupTable(types, false);
    }

    static boolean isBytes(DataType type) {
        return type.kind().isCharacter() || type.kind() == TypeKind.BINARY;
    }

    /** A table that cannot tell its keys, only their numbers. */
    public static GroupTable withoutKeys(List<DataType> types) {
        GroupTable table = of(types);
        table.keepsKeys = false;
        return table;
    }

    private static boolean isLong(DataType type) {
        return isOneWord(type) && type.kind() != TypeKind.DOUBLE && type.kind() != TypeKind.FLOAT;
    }

    static boolean isOneWord(DataType type) {
        return switch (type.kind()) {
            case TINYINT, SMALLINT, INT, BIGINT, DATE, INTERVAL_YEAR_MONTH, FLOAT, DOUBLE -> true;
            case DECIMAL -> ((DecimalType) type).fitsLong();
            default -> false;
        };
    }

    static boolean isTwoWords(DataType type) {
        return switch (type.kind()) {
            case TIMESTAMP, TIMESTAMP_LOCAL_TZ, INTERVAL_DAY_TIME, DECIMAL -> true;
            default -> false;
        };
    }

    /** How many different keys there are. */
    public final int count() {
        return count;
    }

    /** The keys, by number. */
    public final RowBuffer keys() {
        return keys;
    }

    /**
     * Sets {@code groups[k]} to the number of the {@code k}-th selected row's key, adding new keys.
     */
    public final void assign(ColumnVector[] columns, Selection selection, int[] groups) {
        addedCount = 0;
        if (added.length < selection.count()) {
            added = new int[selection.count()];
        }
        assignGroups(decode(columns, selection, scratch), selection, groups);
        if (addedCount > 0 && keepsKeys) {
            keys.append(columns, Selection.of(added, addedCount));
        }
    }

    abstract void assignGroups(ColumnVector[] columns, Selection selection, int[] groups);

    /** Notes that the row at {@code position} has a new key, and answers its number. */
    final int add(int position) {
        added[addedCount++] = position;
        return count++;
    }

    /** A way to look keys up without adding them. */
    public final Finder finder() {
        return new Finder() {
            private final ColumnVector[] flat = new ColumnVector[scratch.length];
            private final Lookup lookup = lookup();

            @Override
            public void find(ColumnVector[] columns, Selection selection, int[] groups) {
                lookup.find(decode(columns, selection, flat), selection, groups);
            }
        };
    }

    abstract Lookup lookup();

    /** Looks up keys of decoded columns. */
    interface Lookup {
        void find(ColumnVector[] columns, Selection selection, int[] groups);
    }

    /** Bytes on the heap. */
    public final long retainedBytes() {
        return keys.retainedBytes() + tableBytes() + 4L * added.length;
    }

    abstract long tableBytes();

    private static ColumnVector[] decode(
            ColumnVector[] columns, Selection selection, ColumnVector[] scratch) {
        ColumnVector[] decoded = new ColumnVector[columns.length];
        for (int i = 0; i < columns.length; i++) {
            decoded[i] = columns[i];
            if (columns[i] instanceof DictionaryVector dictionary) {
                decoded[i] =
                        SamePositions.decode(
                                dictionary, selection, scratch(scratch, i, columns[i]));
            } else if (columns[i] instanceof ConstantVector) {
                decoded[i] =
                        SamePositions.flatten(
                                columns[i], selection, scratch(scratch, i, columns[i]));
            }
        }
        return decoded;
    }

    private static ColumnVector scratch(ColumnVector[] scratch, int i, ColumnVector like) {
        if (scratch[i] == null) {
            scratch[i] = ColumnVector.create(like.type(), 16);
        }
        return scratch[i];
    }

    /** Looks keys up. Confined to one thread. */
    public interface Finder {
        /** Sets {@code groups[k]} to the number of the {@code k}-th row's key, or -1. */
        void find(ColumnVector[] columns, Selection selection, int[] groups);
    }
}
