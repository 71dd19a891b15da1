package org.skep.engine.statement;

import java.util.List;
import org.skep.engine.result.ResultColumn;
import org.skep.engine.result.StatementResult;
import org.skep.engine.result.TextRows;
import org.skep.engine.session.StatementContext;

/** Makes the results of statements that are no queries. Stateless. */
final class Results {
    private Results() {}

    /** Nothing but success. */
    static StatementResult done(StatementContext context) {
        return StatementResult.done(
                context.queryId(), StatementResult.NO_COUNT, context.zone(), context::warnings);
    }

    /** So many rows were written. */
    static StatementResult written(StatementContext context, long rows) {
        return StatementResult.done(context.queryId(), rows, context.zone(), context::warnings);
    }

    /** Rows of texts. */
    static StatementResult rows(
            StatementContext context, List<ResultColumn> columns, List<List<String>> rows) {
        return StatementResult.rows(
                context.queryId(),
                columns,
                new TextRows(columns.size(), rows),
                context.zone(),
                context::warnings);
    }

    /** One column of texts. */
    static StatementResult lines(StatementContext context, String column, List<String> lines) {
        return rows(
                context,
                List.of(ResultColumn.text(column)),
                lines.stream().map(line -> TextRows.row(line)).toList());
    }
}
