package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.error.SourceLocation;
import org.skep.metastore.Bucketing;
import org.skep.metastore.Column;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.SortItem;

/** Reads CLUSTERED BY … SORTED BY … INTO n BUCKETS. Stateless. */
final class BucketingClause {
    private BucketingClause() {}

    /**
     * What a clause means for a table with these columns.
     *
     * @throws SkepException COLUMN_NOT_FOUND, BUCKET_COUNT
     */
    static Bucketing bind(org.skep.parser.ast.Bucketing clause, List<Column> columns) {
        clause.columns().forEach(column -> requireColumn(columns, column));
        requireCount(clause.buckets(), clause.location());
        List<Bucketing.SortColumn> sorted = new ArrayList<>();
        for (SortItem item : clause.sortedBy()) {
            if (item.expression() instanceof Expression.ColumnReference reference) {
                Identifier column = reference.path().get(0);
                requireColumn(columns, column);
                sorted.add(
                        new Bucketing.SortColumn(
                                column.name(), item.direction() == SortItem.Direction.ASCENDING));
            }
        }
        return new Bucketing(
                clause.columns().stream().map(Identifier::name).toList(), sorted, clause.buckets());
    }

    /** Fails with BUCKET_COUNT unless a table can have so many buckets. */
    static void requireCount(int buckets, SourceLocation location) {
        if (buckets <= 0) {
            throw new SkepException(
                    ErrorCode.BUCKET_COUNT, location, "Bucket number should be bigger than zero");
        }
    }

    private static void requireColumn(List<Column> columns, Identifier wanted) {
        if (columns.stream().noneMatch(column -> column.name().equals(wanted.name()))) {
            throw new SkepException(
                    ErrorCode.COLUMN_NOT_FOUND,
                    wanted.location(),
                    "Invalid column reference '%s'".formatted(wanted));
        }
    }
}
