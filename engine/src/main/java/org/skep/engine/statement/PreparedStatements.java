package org.skep.engine.statement;

import java.util.Collections;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.query.QueryRunner;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.StatementContext;
import org.skep.parser.SqlParser;
import org.skep.parser.ast.DataStatement;
import org.skep.parser.ast.Statement;

/**
 * PREPARE and EXECUTE. A session keeps what is prepared as text; it is checked with NULL for every
 * parameter, and planned anew with constants whenever it is executed. Confined to the statement's
 * thread.
 */
final class PreparedStatements {
    private final StatementContext context;
    private final SqlParser parser = new SqlParser();

    PreparedStatements(StatementContext context) {
        this.context = context;
    }

    StatementResult prepare(Statement.Prepare node) {
        if (context.session().prepared(node.name()).isPresent()) {
            throw exists(node);
        }
        int parameters = parser.parameters(node.text());
        String checked = parser.withConstants(node.text(), Collections.nCopies(parameters, "null"));
        Statement statement = parser.parse(checked);
        if (statement instanceof Statement.QueryStatement query) {
            new QueryRunner(context).planner().planQuery(query.query());
        } else if (!(statement instanceof DataStatement.Insert)) {
            throw new SkepException(
                    ErrorCode.PARSE_ERROR,
                    statement.location(),
                    "PREPARE must be followed by a name, FROM and a query");
        }
        if (!context.session().prepare(node.name(), node.text())) {
            throw exists(node);
        }
        return Results.done(context);
    }

    private static SkepException exists(Statement.Prepare node) {
        return new SkepException(
                ErrorCode.SEMANTIC_ERROR,
                node.location(),
                "Prepared statement already exists: " + node.name());
    }

    StatementResult execute(Statement.Execute node, Statement.Visitor<StatementResult> executor) {
        String text =
                context.session()
                        .prepared(node.name())
                        .orElseThrow(
                                () ->
                                        new SkepException(
                                                ErrorCode.SEMANTIC_ERROR,
                                                node.location(),
                                                "Prepared statement not found: " + node.name()));
        String bound = parser.withConstants(text, node.constants());
        try {
            return parser.parse(bound).accept(executor);
        } catch (SkepException e) {
            // Places in the prepared text are none in this statement.
            throw new SkepException(e.code(), node.location(), e.getMessage(), e);
        }
    }
}
