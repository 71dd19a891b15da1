package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.metastore.Column;
import org.skep.parser.ast.DataStatement;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.InsertBranch;
import org.skep.parser.ast.InsertTarget;
import org.skep.parser.ast.LateralView;
import org.skep.parser.ast.Query;
import org.skep.parser.ast.QueryBody;
import org.skep.parser.ast.Relation;
import org.skep.parser.ast.With;

/**
 * The query of each target of an INSERT, whole: with the common tables and the shared FROM.
 * Stateless.
 */
final class InsertQueries {
    private static final Pattern COUNTS = Pattern.compile("(\\d+) columns?.*?(\\d+) columns?");

    private InsertQueries() {}

    static List<Query> of(DataStatement.Insert node) {
        List<Query> queries = new ArrayList<>();
        for (InsertBranch branch : node.branches()) {
            Query query = branch.query();
            queries.add(
                    with(
                            query,
                            query.with().or(node::with),
                            body(query.body(), node.sharedFrom())));
        }
        return queries;
    }

    private static Query with(Query query, Optional<With> with, QueryBody body) {
        return new Query(
                with,
                body,
                query.orderBy(),
                query.clusterBy(),
                query.distributeBy(),
                query.sortBy(),
                query.limit(),
                query.span());
    }

    private static QueryBody body(QueryBody body, Optional<Relation> sharedFrom) {
        if (body instanceof QueryBody.Values values) {
            return withoutDefaults(values);
        }
        if (sharedFrom.isEmpty() || !(body instanceof QueryBody.Select select)) {
            return body;
        }
        Relation from = sharedFrom.get();
        for (LateralView view : select.lateralViews()) {
            from = new Relation.LateralRelation(from, view, view.span());
        }
        return new QueryBody.Select(
                select.distinct(),
                select.items(),
                select.transform(),
                Optional.of(from),
                List.of(),
                select.where(),
                select.groupBy(),
                select.having(),
                select.windows(),
                select.qualify(),
                select.hints(),
                select.span());
    }

    // No column has a default but NULL.
    private static QueryBody withoutDefaults(QueryBody.Values values) {
        List<List<Expression>> rows = new ArrayList<>();
        for (List<Expression> row : values.rows()) {
            rows.add(
                    row.stream()
                            .map(
                                    value ->
                                            value instanceof Expression.DefaultValue
                                                    ? new Expression.NullLiteral(value.span())
                                                    : value)
                            .toList());
        }
        return new QueryBody.Values(rows, values.names(), values.span());
    }

    /**
     * For each wanted column the index of the query's column that fills it, -1 for NULL; empty if
     * the statement names no columns.
     */
    static Optional<List<Integer>> positions(InsertTarget.Table target, List<Column> wanted) {
        if (target.columns().isEmpty()) {
            return Optional.empty();
        }
        List<String> names = wanted.stream().map(Column::name).toList();
        Set<String> seen = new HashSet<>();
        for (Identifier column : target.columns()) {
            if (!names.contains(column.name())) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR,
                        column.location(),
                        "'[%s]' in insert schema specification are not found among regular columns of %s nor dynamic partition columns."
                                .formatted(column, target.name()));
            }
            if (!seen.add(column.name())) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR,
                        column.location(),
                        "Duplicate column name: " + column);
            }
        }
        List<String> given = target.columns().stream().map(Identifier::name).toList();
        return Optional.of(names.stream().map(given::indexOf).toList());
    }

    /** The planner's complaint about the number of columns, in Hive's words and at the target. */
    static SkepException mismatch(SkepException failure, InsertTarget.Table target) {
        Matcher counts = COUNTS.matcher(failure.getMessage());
        if (!counts.find()) {
            return failure;
        }
        return new SkepException(
                target.columns().isEmpty()
                        ? ErrorCode.COLUMN_COUNT_MISMATCH
                        : ErrorCode.SEMANTIC_ERROR,
                target.name().location(),
                "Cannot insert into target table because column number/types are different '%s': Table insclause-0 has %s columns, but query has %s columns."
                        .formatted(target.name(), counts.group(1), counts.group(2)));
    }
}
