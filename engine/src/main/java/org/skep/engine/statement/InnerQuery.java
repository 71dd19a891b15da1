package org.skep.engine.statement;

import java.util.List;
import org.skep.engine.query.QueryRunner;
import org.skep.engine.query.RunningQuery;
import org.skep.engine.result.ResultColumn;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.StatementContext;
import org.skep.parser.SqlParser;
import org.skep.planner.PlannedQuery;

/** Runs queries that a statement makes for itself. Confined to the statement's thread. */
final class InnerQuery {
    private final StatementContext context;

    InnerQuery(StatementContext context) {
        this.context = context;
    }

    /** Runs a query; the caller closes the result. */
    StatementResult run(String sql) {
        QueryRunner runner = new QueryRunner(context);
        PlannedQuery planned = runner.planner().planQuery(new SqlParser().parseQuery(sql));
        RunningQuery running = runner.run(planned);
        List<ResultColumn> columns =
                planned.columns().stream()
                        .map(column -> ResultColumn.of(column.name(), column.type()))
                        .toList();
        return StatementResult.rows(
                context.queryId(), columns, running, context.zone(), context::warnings);
    }
}
