package org.skep.columnar.parquet;

import java.util.Arrays;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.MapVector;
import org.skep.types.vector.StructVector;

/**
 * Takes the values of a column apart into the levels and values of its leaves. Confined to one
 * thread.
 */
abstract class ColumnShredder {
    /** A value column. */
    static ColumnShredder leaf(ChunkWriter writer, DataType type, boolean optional) {
        return new Leaf(writer, type, optional);
    }

    /** A list; {@code definition} is its own level, {@code repetition} that of its elements. */
    static ColumnShredder list(ColumnShredder element, int definition, int repetition) {
        return new Items(List.of(element), definition, repetition);
    }

    /** A map; {@code definition} is its own level, {@code repetition} that of its entries. */
    static ColumnShredder map(
            ColumnShredder key, ColumnShredder value, int definition, int repetition) {
        return new Items(List.of(key, value), definition, repetition);
    }

    /** A struct; {@code definition} is its own level. */
    static ColumnShredder struct(List<ColumnShredder> fields, int definition, boolean optional) {
        return new Fields(fields, definition, optional);
    }

    /** Appends rows of a vector of any encoding. */
    void write(ColumnVector vector, int[] positions, int count) {
        ColumnVector flat = vector;
        int[] rows = positions;
        if (vector instanceof DictionaryVector || vector instanceof ConstantVector) {
            flat = ColumnVector.create(vector.type(), count);
            flat.copyFrom(vector, positions, 0, count, 0);
            rows = new int[count];
            for (int i = 0; i < count; i++) {
                rows[i] = i;
            }
        }
        begin();
        for (int i = 0; i < count; i++) {
            value(flat, rows[i], 0);
        }
        end(flat, count);
    }

    /** Prepares for the rows of a call. */
    abstract void begin();

    /** Notes the value at a row, at a repetition level. */
    abstract void value(ColumnVector vector, int row, int repetition);

    /** Notes that something around this is NULL or empty. */
    abstract void absent(int repetition, int definition);

    /**
     * Hands what was noted to the chunk; {@code vector} is that of the values, if there are any.
     */
    abstract void end(ColumnVector vector, int rows);

    private static final class Leaf extends ColumnShredder {
        private final ChunkWriter writer;
        private final DataType type;
        private final boolean optional;
        private int[] repetitions = new int[1 << 10];
        private int[] definitions = new int[1 << 10];
        private int[] positions = new int[1 << 10];
        private int levels;
        private int present;

        Leaf(ChunkWriter writer, DataType type, boolean optional) {
            this.writer = writer;
            this.type = type;
            this.optional = optional;
        }

        @Override
        void begin() {
            levels = 0;
            present = 0;
        }

        @Override
        void value(ColumnVector vector, int row, int repetition) {
            boolean missing = vector.isNull(row);
            if (missing && !optional) {
                throw new SkepException(
                        ErrorCode.RUNTIME_ERROR, "Cannot write NULL as key of a map to Parquet");
            }
            absent(repetition, missing ? writer.maxDefinition() - 1 : writer.maxDefinition());
            if (!missing) {
                if (present == positions.length) {
                    positions = Arrays.copyOf(positions, 2 * present);
                }
                positions[present++] = row;
            }
        }

        @Override
        void absent(int repetition, int definition) {
            if (levels == definitions.length) {
                definitions = Arrays.copyOf(definitions, 2 * levels);
                repetitions = Arrays.copyOf(repetitions, 2 * levels);
            }
            definitions[levels] = definition;
            repetitions[levels++] = repetition;
        }

        @Override
        void end(ColumnVector vector, int rows) {
            ColumnVector values = vector == null ? ColumnVector.create(type, 0) : vector;
            writer.append(repetitions, definitions, levels, rows, values, positions, present);
        }
    }

    private static final class Fields extends ColumnShredder {
        private final List<ColumnShredder> fields;
        private final int definition;
        private final boolean optional;

        Fields(List<ColumnShredder> fields, int definition, boolean optional) {
            this.fields = fields;
            this.definition = definition;
            this.optional = optional;
        }

        @Override
        void begin() {
            fields.forEach(ColumnShredder::begin);
        }

        @Override
        void value(ColumnVector vector, int row, int repetition) {
            if (vector.isNull(row)) {
                if (!optional) {
                    throw new SkepException(
                            ErrorCode.RUNTIME_ERROR,
                            "Cannot write NULL as key of a map to Parquet");
                }
                absent(repetition, definition - 1);
                return;
            }
            for (int i = 0; i < fields.size(); i++) {
                fields.get(i).value(((StructVector) vector).field(i), row, repetition);
            }
        }

        @Override
        void absent(int repetition, int level) {
            for (ColumnShredder field : fields) {
                field.absent(repetition, level);
            }
        }

        @Override
        void end(ColumnVector vector, int rows) {
            for (int i = 0; i < fields.size(); i++) {
                fields.get(i).end(vector == null ? null : ((StructVector) vector).field(i), rows);
            }
        }
    }

    private static final class Items extends ColumnShredder {
        private final List<ColumnShredder> parts;
        private final int definition;
        private final int itemRepetition;

        Items(List<ColumnShredder> parts, int definition, int itemRepetition) {
            this.parts = parts;
            this.definition = definition;
            this.itemRepetition = itemRepetition;
        }

        @Override
        void begin() {
            parts.forEach(ColumnShredder::begin);
        }

        @Override
        void value(ColumnVector vector, int row, int repetition) {
            if (vector.isNull(row)) {
                absent(repetition, definition - 1);
                return;
            }
            boolean list = vector instanceof ListVector;
            int start =
                    list ? ((ListVector) vector).starts()[row] : ((MapVector) vector).starts()[row];
            int length =
                    list
                            ? ((ListVector) vector).lengths()[row]
                            : ((MapVector) vector).lengths()[row];
            if (length == 0) {
                absent(repetition, definition);
                return;
            }
            for (int i = 0; i < length; i++) {
                for (int p = 0; p < parts.size(); p++) {
                    parts.get(p)
                            .value(
                                    part(vector, p),
                                    start + i,
                                    i == 0 ? repetition : itemRepetition);
                }
            }
        }

        private static ColumnVector part(ColumnVector vector, int index) {
            if (vector instanceof ListVector lists) {
                return lists.elements();
            }
            MapVector maps = (MapVector) vector;
            return index == 0 ? maps.keys() : maps.values();
        }

        @Override
        void absent(int repetition, int level) {
            for (ColumnShredder part : parts) {
                part.absent(repetition, level);
            }
        }

        @Override
        void end(ColumnVector vector, int rows) {
            for (int p = 0; p < parts.size(); p++) {
                parts.get(p).end(vector == null ? null : part(vector, p), rows);
            }
        }
    }
}
