package org.skep.server.metadata;

import java.util.ArrayList;
import java.util.List;
import org.skep.rpc.rows.BooleanColumn;
import org.skep.rpc.rows.ColumnBlock;
import org.skep.rpc.rows.IntColumn;
import org.skep.rpc.rows.NullBitmap;
import org.skep.rpc.rows.RowSet;
import org.skep.rpc.rows.ShortColumn;
import org.skep.rpc.rows.StringColumn;
import org.skep.rpc.schema.ColumnDescriptor;
import org.skep.rpc.schema.TableSchema;

/** The answer of a metadata call: a schema and its rows as objects, null for NULL. Immutable. */
public final class MetadataTable {
    private final TableSchema schema;
    private final List<Object[]> rows;

    MetadataTable(TableSchema schema, List<Object[]> rows) {
        this.schema = schema;
        this.rows = List.copyOf(rows);
    }

    /** The columns. */
    public TableSchema schema() {
        return schema;
    }

    /** Rows {@code from} on, at most {@code most}; none behind the end. */
    public RowSet rows(long from, long most) {
        int start = (int) Math.min(from, rows.size());
        int end = (int) Math.min((long) start + most, rows.size());
        List<ColumnBlock> blocks = new ArrayList<>();
        for (int column = 0; column < schema.size(); column++) {
            List<Object> values = new ArrayList<>();
            for (Object[] row : rows.subList(start, end)) {
                values.add(row[column]);
            }
            blocks.add(block(schema.column(column), values));
        }
        return new RowSet(start, blocks);
    }

    private static ColumnBlock block(ColumnDescriptor column, List<Object> values) {
        NullBitmap nulls = NullBitmap.ofNullsIn(values);
        return switch (column.type().id()) {
            case INT -> {
                int[] ints = new int[values.size()];
                for (int i = 0; i < ints.length; i++) {
                    ints[i] = values.get(i) instanceof Integer number ? number : 0;
                }
                yield new IntColumn(ints, nulls);
            }
            case SMALLINT -> {
                short[] shorts = new short[values.size()];
                for (int i = 0; i < shorts.length; i++) {
                    shorts[i] = values.get(i) instanceof Integer number ? number.shortValue() : 0;
                }
                yield new ShortColumn(shorts, nulls);
            }
            case BOOLEAN -> {
                boolean[] flags = new boolean[values.size()];
                for (int i = 0; i < flags.length; i++) {
                    flags[i] = Boolean.TRUE.equals(values.get(i));
                }
                yield new BooleanColumn(flags, nulls);
            }
            case STRING -> StringColumn.of(values.stream().map(String.class::cast).toList());
            default -> throw new IllegalStateException("No such column here: " + column);
        };
    }
}
