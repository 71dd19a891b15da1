package org.skep.executor.scan;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.executor.expression.ExpressionCompiler;
import org.skep.executor.expression.ProjectionEvaluator;
import org.skep.functions.cast.Casts;
import org.skep.plan.expression.Expression;
import org.skep.storage.BatchFilter;
import org.skep.storage.BatchSource;
import org.skep.storage.ScanColumn;
import org.skep.storage.ScanStatistics;
import org.skep.storage.TableLayout;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.TypeKind;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * Reads files of a partition that was made when the table had other columns: columns are matched by
 * position, as Hive does for formats without names; those that the partition lacks are NULL, others
 * are read as the partition's type and cast. Filters are applied after that. Confined to one
 * thread.
 *
 * <p>As in Hive, and unlike in its casts, a timestamp as a number counts from the epoch without a
 * zone, and integers wrap.
 */
final class EvolvedSource implements BatchSource {
    private final BatchSource source;
    private final Optional<ProjectionEvaluator> numbers;
    private final ProjectionEvaluator projection;
    private final List<BatchFilter> filters;

    private EvolvedSource(
            BatchSource source,
            Optional<ProjectionEvaluator> numbers,
            ProjectionEvaluator projection,
            List<BatchFilter> filters) {
        this.source = source;
        this.numbers = numbers;
        this.projection = projection;
        this.filters = filters;
    }

    /**
     * What to read of a file, and how the wanted columns come of it.
     *
     * @param numbers the columns read, with numbers in place of timestamps where such are wanted
     * @param wanted the wanted columns, over {@code numbers}
     */
    record Mapping(List<ScanColumn> read, List<Expression> numbers, List<Expression> wanted) {
        /**
         * The mapping for a layout that differs from the table's; empty for formats that match
         * columns by name.
         */
        static Optional<Mapping> of(TableLayout layout, List<ScanColumn> columns) {
            if (layout.format().equals("parquet") || layout.format().equals("orc")) {
                return Optional.empty();
            }
            List<ScanColumn> read = new ArrayList<>();
            List<Expression> numbers = new ArrayList<>();
            List<Expression> wanted = new ArrayList<>();
            for (ScanColumn column : columns) {
                if (column.ordinal() >= layout.columns().size()) {
                    wanted.add(new Expression.Literal(Datum.nullOf(column.type())));
                    continue;
                }
                DataType stored = layout.columns().get(column.ordinal()).type();
                boolean cast = !stored.equals(column.type()) && Casts.exists(stored, column.type());
                DataType type = cast ? stored : column.type();
                Expression input = new Expression.InputColumn(read.size(), type);
                if (cast && type.kind() == TypeKind.TIMESTAMP && column.type().kind().isNumeric()) {
                    DataType number =
                            column.type().kind().isInteger() ? DataType.BIGINT : DataType.DOUBLE;
                    numbers.add(new Expression.Cast(input, number));
                    input = new Expression.InputColumn(read.size(), number);
                    cast = !number.equals(column.type());
                } else {
                    numbers.add(input);
                }
                wanted.add(cast ? new Expression.Cast(input, column.type()) : input);
                read.add(new ScanColumn(column.id(), column.ordinal(), column.name(), type));
            }
            return Optional.of(new Mapping(read, numbers, wanted));
        }

        BatchSource over(
                BatchSource source, ExpressionCompiler compiler, List<BatchFilter> filters) {
            boolean counted = numbers.stream().anyMatch(each -> each instanceof Expression.Cast);
            return new EvolvedSource(
                    source,
                    counted
                            ? Optional.of(compiler.in(ZoneOffset.UTC).projection(numbers))
                            : Optional.empty(),
                    compiler.projection(wanted),
                    filters);
        }
    }

    @Override
    public ColumnBatch next() {
        ColumnBatch batch = source.next();
        if (batch == null || batch.rowCount() == 0) {
            return batch;
        }
        ColumnVector[] read = batch.columns();
        if (numbers.isPresent()) {
            read = numbers.get().evaluate(read, batch.selection());
        }
        ColumnVector[] columns = projection.evaluate(read, batch.selection());
        Selection selection = batch.selection();
        for (BatchFilter filter : filters) {
            int[] indexes = filter.columns();
            ColumnVector[] needed = new ColumnVector[indexes.length];
            for (int i = 0; i < indexes.length; i++) {
                needed[i] = columns[indexes[i]];
            }
            selection = filter.apply(needed, selection);
        }
        return new ColumnBatch(columns, selection);
    }

    @Override
    public ScanStatistics statistics() {
        return source.statistics();
    }

    @Override
    public void close() {
        source.close();
    }
}
