package org.skep.columnar.parquet;

import java.util.Arrays;
import org.apache.parquet.format.RowGroup;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/**
 * The levels and values of a leaf below a nested column, for the rows of a batch. Confined to one
 * thread.
 *
 * <p>The values have a slot for each level entry at which the innermost list around the leaf has an
 * element (or, outside of lists, for each row), NULL where the leaf is not defined there.
 */
final class LeafLevels implements AutoCloseable {
    private static final int STEP = 1024;

    private final SchemaNode leaf;
    private final LeafPages pages;
    private final int slotLevel;
    private final ColumnVector values;
    private final DataType type;
    private final ValueConversion conversion;

    // Levels of the loaded page that were decoded but not yet taken.
    private final int[] nextRepetitions = new int[STEP];
    private final int[] nextDefinitions = new int[STEP];
    private int nextAt;
    private int nextEnd;
    private long valuesInChunk;

    private int[] repetitions = new int[0];
    private int[] definitions = new int[0];
    private int[] ids = new int[0];
    private boolean[] nulls = new boolean[0];
    private int entries;
    private int slots;
    private boolean anyNull;
    private ColumnVector result;

    /**
     * Levels of a leaf.
     *
     * @param slotLevel the definition level from which on there is a slot for the leaf
     */
    LeafLevels(
            SchemaNode leaf,
            LeafPages pages,
            int slotLevel,
            DataType decodedAs,
            DataType type,
            ValueConversion conversion) {
        this.leaf = leaf;
        this.pages = pages;
        this.slotLevel = slotLevel;
        this.type = type;
        this.conversion = conversion;
        values = ColumnVector.create(decodedAs, 0);
    }

    void open(RowGroup group) {
        var chunk = group.getColumns().get(leaf.leaf()).getMeta_data();
        pages.open(chunk);
        valuesInChunk = chunk.getNum_values();
        nextAt = 0;
        nextEnd = 0;
    }

    /** Passes over rows. */
    void skip(long rows) {
        long left = rows;
        while (left > 0) {
            int n = (int) Math.min(left, STEP);
            begin();
            take(n, false);
            left -= n;
        }
    }

    /** Reads the levels and values of the next rows. */
    void read(int rows) {
        begin();
        take(rows, true);
        result = null;
    }

    private void begin() {
        entries = 0;
        slots = 0;
        anyNull = false;
        values.reset();
    }

    private void take(int rows, boolean keep) {
        int begun = 0;
        while (true) {
            if (nextAt == nextEnd && !refill()) {
                if (begun < rows) {
                    throw pages.pages().corrupt("%d rows, %d wanted".formatted(begun, rows));
                }
                return;
            }
            int from = nextAt;
            int to = from;
            while (to < nextEnd) {
                if (nextRepetitions[to] == 0) {
                    if (begun == rows) {
                        break;
                    }
                    begun++;
                } else if (begun == 0) {
                    throw pages.pages().corrupt("the first value continues a row");
                }
                to++;
            }
            nextAt = to;
            accept(from, to, keep);
            if (to < nextEnd) {
                return;
            }
        }
    }

    // Decodes more levels; false at the end of the chunk.
    private boolean refill() {
        while (pages.levelsLeft() == 0) {
            if (valuesInChunk == 0) {
                return false;
            }
            int count = pages.nextPage();
            pages.load();
            valuesInChunk -= count;
        }
        int n = Math.min(STEP, pages.levelsLeft());
        if (leaf.repetitionLevel() > 0) {
            pages.repetitions().read(nextRepetitions, 0, n);
        } else {
            Arrays.fill(nextRepetitions, 0, n, 0);
        }
        if (leaf.definitionLevel() > 0) {
            pages.definitions().read(nextDefinitions, 0, n);
        } else {
            Arrays.fill(nextDefinitions, 0, n, 0);
        }
        for (int i = 0; i < n; i++) {
            if (nextRepetitions[i] > leaf.repetitionLevel()
                    || nextDefinitions[i] > leaf.definitionLevel()) {
                throw pages.pages()
                        .corrupt(
                                "levels %d and %d, at most %d and %d"
                                        .formatted(
                                                nextRepetitions[i],
                                                nextDefinitions[i],
                                                leaf.repetitionLevel(),
                                                leaf.definitionLevel()));
            }
        }
        pages.consume(n);
        nextAt = 0;
        nextEnd = n;
        return true;
    }

    private void accept(int from, int to, boolean keep) {
        int count = to - from;
        int present = 0;
        int newSlots = 0;
        for (int i = from; i < to; i++) {
            present += nextDefinitions[i] == leaf.definitionLevel() ? 1 : 0;
            newSlots += nextDefinitions[i] >= slotLevel ? 1 : 0;
        }
        if (!keep) {
            pages.skipValues(present);
            return;
        }
        if (repetitions.length < entries + count) {
            int grown = Math.max(entries + count, 2 * repetitions.length);
            repetitions = Arrays.copyOf(repetitions, grown);
            definitions = Arrays.copyOf(definitions, grown);
        }
        System.arraycopy(nextRepetitions, from, repetitions, entries, count);
        System.arraycopy(nextDefinitions, from, definitions, entries, count);
        entries += count;
        if (nulls.length < slots + newSlots) {
            nulls = Arrays.copyOf(nulls, Math.max(slots + newSlots, 2 * nulls.length));
        }
        int slot = slots;
        for (int i = from; i < to; i++) {
            if (nextDefinitions[i] >= slotLevel) {
                nulls[slot++] = nextDefinitions[i] < leaf.definitionLevel();
            }
        }
        readValues(present, newSlots);
        slots += newSlots;
    }

    private void readValues(int present, int newSlots) {
        values.ensureCapacity(slots + newSlots);
        if (pages.hasIds()) {
            if (ids.length < present) {
                ids = new int[Math.max(present, STEP)];
            }
            pages.readIds(ids, 0, present);
            ColumnVector dictionary = pages.dictionary();
            values.copyFrom(
                    new DictionaryVector(dictionary, pages.dictionaryCount(), ids, false),
                    null,
                    0,
                    present,
                    slots);
            values.setNulls(null);
        } else {
            pages.readValues(values, slots, present, false);
        }
        if (present < newSlots) {
            anyNull = true;
            NullSpread.spread(values, nulls, slots, newSlots, present);
        }
    }

    /** How many levels the rows of the batch have. */
    int entries() {
        return entries;
    }

    /** The repetition level of each entry. */
    int[] repetitions() {
        return repetitions;
    }

    /** The definition level of each entry. */
    int[] definitions() {
        return definitions;
    }

    /** How many slots the batch has. */
    int slots() {
        return slots;
    }

    /** The values of the batch, a position each slot, in the wanted type. */
    ColumnVector values() {
        if (result != null) {
            return result;
        }
        if (values instanceof DecimalVector decimals) {
            anyNull |= DecimalBounds.apply(decimals, slots, nulls);
        }
        values.setNulls(anyNull ? nulls : null);
        result = values;
        if (conversion != null) {
            result = ColumnVector.create(type, slots);
            conversion.convert(values, result, Selection.all(slots));
        }
        return result;
    }

    ReadPlace place() {
        return pages.pages().place();
    }

    long bytesRead() {
        return pages.pages().bytesRead();
    }

    @Override
    public void close() {
        pages.close();
    }
}
