package org.skep.server.rows;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.skep.rpc.rows.ColumnBlock;
import org.skep.rpc.rows.RowSet;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;
import org.skep.types.vector.VoidVector;

/**
 * Cuts a stream of column batches into row sets of the sizes that a client asks for. Holds one
 * batch and the row set under construction, never more. Confined to one thread at a time.
 */
public final class RowEncoder {
    // A row set ends early once it holds so many bytes: long texts must not fill the heap.
    private static final long MOST_BYTES = 16L << 20;
    private static final int STEP = 256;

    private final List<DataType> types;
    private final ZoneId zone;
    private final Supplier<ColumnBatch> source;
    private final int[] positions = new int[STEP];
    private ColumnBatch batch;
    private int at;
    private long rowsBefore;
    private boolean ended;

    /**
     * An encoder.
     *
     * @param zone in which TIMESTAMP WITH LOCAL TIME ZONE is printed
     * @param source the next batch, or null at the end; not asked again after that
     */
    public RowEncoder(List<DataType> types, ZoneId zone, Supplier<ColumnBatch> source) {
        this.types = List.copyOf(types);
        this.zone = zone;
        this.source = source;
    }

    /** How many rows were given so far. */
    public long rowsBefore() {
        return rowsBefore;
    }

    /** The next at most {@code most} rows; without rows at the end, and always after that. */
    public RowSet next(long most) {
        List<BlockBuilder> builders = new ArrayList<>();
        for (DataType type : types) {
            builders.add(builder(type));
        }
        long rows = 0;
        long bytes = 0;
        while (rows < most && bytes < MOST_BYTES && advance()) {
            int count = (int) Math.min(STEP, Math.min(most - rows, batch.rowCount() - at));
            bytes = 0;
            for (int i = 0; i < builders.size(); i++) {
                append(builders.get(i), batch.column(i), count);
                bytes += builders.get(i).bytes();
            }
            at += count;
            rows += count;
        }
        List<ColumnBlock> blocks = builders.stream().map(BlockBuilder::build).toList();
        RowSet result = new RowSet(rowsBefore, blocks);
        rowsBefore += rows;
        return result;
    }

    private boolean advance() {
        while (!ended && (batch == null || at >= batch.rowCount())) {
            batch = source.get();
            at = 0;
            ended = batch == null;
        }
        return !ended;
    }

    private void append(BlockBuilder builder, ColumnVector column, int count) {
        Selection selection = batch.selection();
        if (column instanceof ConstantVector constant) {
            int position = constant.isNull() ? -1 : 0;
            for (int i = 0; i < count; i++) {
                positions[i] = position;
            }
            builder.append(constant.value(), positions, count);
        } else if (column instanceof DictionaryVector dictionary) {
            ColumnVector values = dictionary.values();
            for (int i = 0; i < count; i++) {
                int id = dictionary.ids()[selection.position(at + i)];
                positions[i] = id < 0 || values.isNull(id) ? -1 : id;
            }
            builder.append(values, positions, count);
        } else {
            boolean isVoid = column instanceof VoidVector;
            for (int i = 0; i < count; i++) {
                int position = selection.position(at + i);
                positions[i] = isVoid || column.isNull(position) ? -1 : position;
            }
            builder.append(column, positions, count);
        }
    }

    private BlockBuilder builder(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE ->
                    new NumberBlockBuilder(type.kind());
            case BINARY -> new BinaryBlockBuilder();
            case VOID,
                    DECIMAL,
                    STRING,
                    VARCHAR,
                    CHAR,
                    DATE,
                    TIMESTAMP,
                    TIMESTAMP_LOCAL_TZ,
                    INTERVAL_YEAR_MONTH,
                    INTERVAL_DAY_TIME,
                    ARRAY,
                    MAP,
                    STRUCT,
                    UNION ->
                    new TextBlockBuilder(type, zone);
        };
    }
}
