package org.skep.executor.scan;

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
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * Reads files of a partition that was made when the table had other columns: columns are matched by
 * position, as Hive does for formats without names; those that the partition lacks are NULL, others
 * are read as the partition's type and cast. Filters are applied after that. Confined to one
 * thread.
 */
final class EvolvedSource implements BatchSource {
    private final BatchSource source;
    private final ProjectionEvaluator projection;
    private final List<BatchFilter> filters;

    private EvolvedSource(
            BatchSource source, ProjectionEvaluator projection, List<BatchFilter> filters) {
        this.source = source;
        this.projection = projection;
        this.filters = filters;
    }

    /** What to read of a file, and how the wanted columns come of it. */
    record Mapping(List<ScanColumn> read, List<Expression> wanted) {
        /**
         * The mapping for a layout that differs from the table's; empty for formats that match
         * columns by name.
         */
        static Optional<Mapping> of(TableLayout layout, List<ScanColumn> columns) {
            if (layout.format().equals("parquet") || layout.format().equals("orc")) {
                return Optional.empty();
            }
            List<ScanColumn> read = new ArrayList<>();
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
                wanted.add(cast ? new Expression.Cast(input, column.type()) : input);
                read.add(new ScanColumn(column.id(), column.ordinal(), column.name(), type));
            }
            return Optional.of(new Mapping(read, wanted));
        }

        BatchSource over(
                BatchSource source, ExpressionCompiler compiler, List<BatchFilter> filters) {
            return new EvolvedSource(source, compiler.projection(wanted), filters);
        }
    }

    @Override
    public ColumnBatch next() {
        ColumnBatch batch = source.next();
        if (batch == null || batch.rowCount() == 0) {
            return batch;
        }
        ColumnVector[] columns = projection.evaluate(batch.columns(), batch.selection());
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
