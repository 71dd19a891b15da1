package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.error.SourceLocation;
import org.skep.parser.ast.Identifier;
import org.skep.planner.rel.RelTypes;

/**
 * The columns that a query block sees, and the scope around it if it is a subquery. A column found
 * in an outer scope makes the subquery correlated. Confined to one thread.
 */
final class Scope {
    private final RelOptCluster cluster;
    private final Scope outer;
    private final List<ScopeColumn> columns;
    private final RelDataType rowType;
    private CorrelationId correlation;
    private AggregateCollector aggregates;

    Scope(RelNode input, List<ScopeColumn> columns, Scope outer) {
        this.cluster = input.getCluster();
        this.outer = outer;
        this.columns = List.copyOf(columns);
        rowType = input.getRowType();
    }

    List<ScopeColumn> columns() {
        return columns;
    }

    RelDataType rowType() {
        return rowType;
    }

    /** The variable by which subqueries refer to this scope's row, if one does. */
    Optional<CorrelationId> correlation() {
        return Optional.ofNullable(correlation);
    }

    /** Lets subqueries aggregate over the rows of this scope; what they aggregate is collected. */
    void collect(AggregateCollector collector) {
        aggregates = collector;
    }

    /** What collects the aggregates of subqueries over this scope's rows; null if nothing does. */
    AggregateCollector aggregates() {
        return aggregates;
    }

    /** The scope around this one; null if there is none. */
    Scope outer() {
        return outer;
    }

    /**
     * An aggregate of this scope's block as a subquery refers to it: a field of the block's row
     * behind its columns. {@link Aggregation} puts the column of the grouping into its place.
     */
    RexNode aggregateReference(int index, RelTypes types) {
        var type = cluster.getTypeFactory().builder().addAll(rowType.getFieldList());
        List<AggregateCollector.Spec> calls = aggregates.calls();
        for (int i = 0; i <= index; i++) {
            type.add("aggregate" + i, types.toRel(calls.get(i).type()));
        }
        var rex = cluster.getRexBuilder();
        return rex.makeFieldAccess(
                rex.makeCorrel(type.build(), correlate()), rowType.getFieldCount() + index);
    }

    private CorrelationId correlate() {
        if (correlation == null) {
            correlation = cluster.createCorrel();
        }
        return correlation;
    }

    /** A column with how many parts of the path named it; the rest are fields of a struct. */
    record Resolved(RexNode node, int parts) {}

    /**
     * Finds the column that a path names, here or further out.
     *
     * @throws SkepException INVALID_COLUMN_REFERENCE, COLUMN_NOT_FOUND or AMBIGUOUS_COLUMN;
     *     SEMANTIC_ERROR if a name without a table is ambiguous
     */
    Resolved resolve(List<Identifier> path) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Match match = scope.find(path);
            if (match != null) {
                return new Resolved(reference(scope, match.column), match.parts);
            }
        }
        throw notFound(path);
    }

    private RexNode reference(Scope owner, ScopeColumn column) {
        var rex = cluster.getRexBuilder();
        if (owner == this) {
            return rex.makeInputRef(
                    rowType.getFieldList().get(column.index()).getType(), column.index());
        }
        return rex.makeFieldAccess(
                rex.makeCorrel(owner.rowType, owner.correlate()), column.index());
    }

    private record Match(ScopeColumn column, int parts) {}

    private Match find(List<Identifier> path) {
        String first = path.get(0).name();
        if (path.size() >= 3) {
            String table = path.get(1).name();
            String name = path.get(2).name();
            ScopeColumn column =
                    single(
                            path,
                            c ->
                                    first.equals(c.database())
                                            && table.equals(c.relation())
                                            && name.equals(c.name()));
            if (column != null) {
                return new Match(column, 3);
            }
        }
        if (path.size() >= 2) {
            String name = path.get(1).name();
            ScopeColumn column =
                    single(path, c -> first.equals(c.relation()) && name.equals(c.name()));
            if (column != null) {
                return new Match(column, 2);
            }
        }
        ScopeColumn column = single(path, c -> first.equals(c.name()));
        return column == null ? null : new Match(column, 1);
    }

    private ScopeColumn single(
            List<Identifier> path, java.util.function.Predicate<ScopeColumn> wanted) {
        ScopeColumn found = null;
        for (ScopeColumn column : columns) {
            if (wanted.test(column)) {
                if (found != null && !(column.hidden() || found.hidden())) {
                    throw new SkepException(
                            path.size() == 1
                                    ? ErrorCode.SEMANTIC_ERROR
                                    : ErrorCode.AMBIGUOUS_COLUMN,
                            path.get(0).location(),
                            "Column is ambiguous: " + text(path));
                }
                if (found == null || found.hidden()) {
                    found = column;
                }
            }
        }
        return found;
    }

    /** All columns of a relation, or all if {@code qualifier} is empty, as a star shows them. */
    List<ScopeColumn> star(List<Identifier> qualifier, SourceLocation location) {
        List<ScopeColumn> shown = new ArrayList<>();
        for (ScopeColumn column : columns) {
            if (!column.hidden() && matches(column, qualifier)) {
                shown.add(column);
            }
        }
        if (shown.isEmpty()) {
            throw new SkepException(
                    qualifier.isEmpty() ? ErrorCode.SEMANTIC_ERROR : ErrorCode.INVALID_TABLE_ALIAS,
                    location,
                    qualifier.isEmpty()
                            ? "Star needs a FROM clause: *"
                            : "Table alias not found: " + text(qualifier));
        }
        return shown;
    }

    private static boolean matches(ScopeColumn column, List<Identifier> qualifier) {
        return switch (qualifier.size()) {
            case 0 -> true;
            case 1 -> qualifier.get(0).name().equals(column.relation());
            default ->
                    qualifier.get(0).name().equals(column.database())
                            && qualifier.get(1).name().equals(column.relation());
        };
    }

    private SkepException notFound(List<Identifier> path) {
        String wanted = path.get(Math.min(1, path.size() - 1)).name();
        boolean knownAlias =
                path.size() > 1
                        && columns.stream().anyMatch(c -> path.get(0).name().equals(c.relation()));
        List<String> names =
                columns.stream()
                        .filter(c -> !c.hidden())
                        .map(ScopeColumn::name)
                        .distinct()
                        .toList();
        String nearest =
                Nearest.to(wanted, names)
                        .map(name -> "; did you mean %s?".formatted(name))
                        .orElse("");
        String possible =
                names.isEmpty()
                        ? ""
                        : " (possible column names are: %s)".formatted(String.join(", ", names));
        if (path.size() > 1 && !knownAlias) {
            return new SkepException(
                    ErrorCode.INVALID_COLUMN_REFERENCE,
                    path.get(0).location(),
                    "Table alias or column not found: %s%s%s"
                            .formatted(text(path), possible, nearest));
        }
        return new SkepException(
                path.size() > 1 ? ErrorCode.COLUMN_NOT_FOUND : ErrorCode.INVALID_COLUMN_REFERENCE,
                path.get(path.size() > 1 ? 1 : 0).location(),
                "Column not found: %s%s%s"
                        .formatted(path.get(path.size() > 1 ? 1 : 0).name(), possible, nearest));
    }

    static String text(List<Identifier> path) {
        return String.join(".", path.stream().map(Identifier::name).toList());
    }

    /** Finds the known name that a misspelt one most resembles. */
    static final class Nearest {
        private Nearest() {}

        static Optional<String> to(String wanted, List<String> names) {
            return names.stream()
                    .filter(Objects::nonNull)
                    .min(Comparator.comparingInt(name -> distance(wanted, name)))
                    .filter(name -> distance(wanted, name) <= Math.max(1, wanted.length() / 3));
        }

        private static int distance(String a, String b) {
            String left = a.toLowerCase(Locale.ROOT);
            String right = b.toLowerCase(Locale.ROOT);
            int[] row = new int[right.length() + 1];
            for (int j = 0; j < row.length; j++) {
                row[j] = j;
            }
            for (int i = 1; i <= left.length(); i++) {
                int diagonal = row[0];
                row[0] = i;
                for (int j = 1; j < row.length; j++) {
                    int above = row[j];
                    int cost = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                    row[j] = Math.min(Math.min(row[j - 1], above) + 1, diagonal + cost);
                    diagonal = above;
                }
            }
            return row[right.length()];
        }
    }
}
