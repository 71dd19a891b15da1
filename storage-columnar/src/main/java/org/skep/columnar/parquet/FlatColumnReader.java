package org.skep.columnar.parquet;

import java.util.Arrays;
import org.apache.parquet.format.RowGroup;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/**
 * A column that is a leaf right below the root: one level a row. Confined to one thread.
 *
 * <p>A batch that lies in pages with dictionary indexes comes as a {@link DictionaryVector} over
 * the chunk's dictionary, any other as a flat vector; one that begins with indexes and goes on
 * without is looked up on the way.
 */
final class FlatColumnReader extends ColumnReader {
    // Rows between two wanted ones that are rather decoded than passed over.
    private static final int GAP = 24;

    private enum Form {
        NOTHING,
        INDEXES,
        VALUES
    }

    private final SchemaNode leaf;
    private final LeafPages pages;
    private final DataType type;
    private final ValueConversion conversion;
    private final ColumnVector flat;
    private final boolean nullable;
    private ColumnVector converted;
    private ColumnVector convertedFrom;
    private ColumnVector dictionary;
    private int[] ids = new int[0];
    private boolean[] nulls = new boolean[0];
    private long pending;

    private Form form = Form.NOTHING;
    private boolean anyNull;
    private boolean share;

    /**
     * A reader of a leaf.
     *
     * @param decodedAs the type that pages are decoded into
     * @param type the type that is wanted
     * @param conversion from the one to the other, or null if they are the same
     */
    FlatColumnReader(
            SchemaNode leaf,
            LeafPages pages,
            DataType decodedAs,
            DataType type,
            ValueConversion conversion) {
        this.leaf = leaf;
        this.pages = pages;
        this.type = type;
        this.conversion = conversion;
        flat = ColumnVector.create(decodedAs, 0);
        nullable = leaf.definitionLevel() > 0;
    }

    @Override
    void open(RowGroup group) {
        pages.open(group.getColumns().get(leaf.leaf()).getMeta_data());
        pending = 0;
    }

    @Override
    void skip(int rows) {
        pending += rows;
    }

    @Override
    ColumnVector read(int rows, Selection wanted) {
        pass(pending);
        pending = 0;
        begin(rows);
        int[] positions = wanted.positions();
        if (positions == null) {
            readRun(0, rows, rows);
        } else {
            readWanted(positions, wanted.count(), rows);
        }
        return finish(rows, wanted);
    }

    private void begin(int rows) {
        form = Form.NOTHING;
        anyNull = false;
        if (nulls.length < rows) {
            nulls = new boolean[rows];
            ids = new int[rows];
        }
        if (!nullable) {
            Arrays.fill(nulls, 0, rows, false);
        }
    }

    private void readWanted(int[] positions, int count, int rows) {
        Arrays.fill(ids, 0, rows, -1);
        Arrays.fill(nulls, 0, rows, false);
        int row = 0;
        int next = 0;
        while (next < count) {
            int from = positions[next++];
            int to = from + 1;
            while (next < count && positions[next] - to < GAP) {
                to = positions[next++] + 1;
            }
            pass(from - row);
            readRun(from, to - from, rows);
            row = to;
        }
        pending = (long) rows - row;
    }

    private void readRun(int at, int count, int rows) {
        int position = at;
        int left = count;
        while (left > 0) {
            if (pages.levelsLeft() == 0) {
                pages.nextPage();
                pages.load();
            }
            int n = Math.min(left, pages.levelsLeft());
            int present = nullable ? pages.definitions().readNulls(nulls, position, n) : n;
            if (present < n) {
                anyNull = true;
            }
            if (pages.hasIds()) {
                readIndexes(position, n, present);
            } else {
                readValues(position, n, present, rows);
            }
            pages.consume(n);
            position += n;
            left -= n;
        }
    }

    private void readIndexes(int at, int count, int present) {
        pages.readIds(ids, at, present);
        if (present < count) {
            NullSpread.spread(ids, nulls, at, count, present, -1);
        }
        if (form == Form.NOTHING) {
            form = Form.INDEXES;
        } else if (form == Form.VALUES) {
            lookUp(at, at, count);
        }
    }

    private void readValues(int at, int count, int present, int rows) {
        if (form != Form.VALUES) {
            flat.reset();
            flat.ensureCapacity(rows);
            if (form == Form.INDEXES) {
                lookUp(0, 0, at);
                share = false;
            } else {
                share = pages.levelsLeft() >= rows - at;
            }
            form = Form.VALUES;
        }
        pages.readValues(flat, at, present, share);
        if (present < count) {
            NullSpread.spread(flat, nulls, at, count, present);
        }
    }

    // Replaces indexes by what they stand for.
    private void lookUp(int from, int at, int count) {
        ColumnVector values = pages.dictionary();
        flat.setNulls(null);
        flat.copyFrom(
                new DictionaryVector(values, pages.dictionaryCount(), ids, true),
                null,
                from,
                count,
                at);
        boolean[] copied = flat.nulls();
        if (copied != null) {
            for (int i = at; i < at + count; i++) {
                nulls[i] = copied[i];
                anyNull |= copied[i];
            }
            flat.setNulls(null);
        }
    }

    private ColumnVector finish(int rows, Selection wanted) {
        if (form == Form.NOTHING) {
            return new ConstantColumnReader(type).read(rows, wanted);
        }
        if (form == Form.INDEXES) {
            return new DictionaryVector(dictionary(), pages.dictionaryCount(), ids, anyNull);
        }
        if (flat instanceof DecimalVector decimals) {
            anyNull |= DecimalBounds.apply(decimals, rows, nulls);
        }
        flat.setNulls(anyNull ? nulls : null);
        return conversion == null ? flat : convert(flat, rows, wanted);
    }

    private ColumnVector convert(ColumnVector values, int rows, Selection wanted) {
        if (converted == null) {
            converted = ColumnVector.create(type, rows);
        }
        converted.reset();
        converted.ensureCapacity(rows);
        conversion.convert(values, converted, wanted);
        return converted;
    }

    private ColumnVector dictionary() {
        ColumnVector raw = pages.dictionary();
        if (conversion == null) {
            return raw;
        }
        if (convertedFrom != raw) {
            int count = pages.dictionaryCount();
            dictionary = ColumnVector.create(type, count);
            conversion.convert(raw, dictionary, Selection.all(count));
            convertedFrom = raw;
        }
        return dictionary;
    }

    // Passes over rows, and over whole pages without unpacking them.
    private void pass(long rows) {
        long left = rows;
        while (left > 0) {
            if (pages.levelsLeft() == 0) {
                int count = pages.nextPage();
                if (count <= left) {
                    left -= count;
                    continue;
                }
                pages.load();
            }
            int n = (int) Math.min(left, pages.levelsLeft());
            pages.skipValues(nullable ? pages.definitions().skipCounting(n) : n);
            pages.consume(n);
            left -= n;
        }
    }

    @Override
    long bytesRead() {
        return pages.pages().bytesRead();
    }

    @Override
    public void close() {
        pages.close();
    }
}
