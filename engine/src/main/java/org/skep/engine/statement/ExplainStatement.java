package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.skep.engine.explain.PlanText;
import org.skep.engine.query.QueryRunner;
import org.skep.engine.query.RunningQuery;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.StatementContext;
import org.skep.parser.ast.DataStatement;
import org.skep.parser.ast.InsertBranch;
import org.skep.parser.ast.InsertTarget;
import org.skep.parser.ast.Query;
import org.skep.parser.ast.Statement;
import org.skep.parser.ast.TableStatement;
import org.skep.planner.PlannedQuery;
import org.skep.types.vector.ColumnBatch;

/** EXPLAIN and EXPLAIN ANALYZE. Confined to the statement's thread. */
final class ExplainStatement {
    private static final Set<String> KNOWN = Set.of("ANALYZE", "EXTENDED", "VECTORIZATION");

    private final StatementContext context;

    ExplainStatement(StatementContext context) {
        this.context = context;
    }

    StatementResult explain(Statement.Explain node) {
        for (String option : node.options()) {
            if (!KNOWN.contains(option)) {
                throw StatementExecutor.unsupported("EXPLAIN " + option, node);
            }
        }
        boolean analyze = node.options().contains("ANALYZE");
        if (node.statement() instanceof Statement.QueryStatement query) {
            return Results.lines(context, "Explain", query(query.query(), analyze));
        }
        if (node.statement() instanceof DataStatement.Insert insert && !analyze) {
            return Results.lines(context, "Explain", insert(insert));
        }
        if (node.statement() instanceof TableStatement.CreateTable create
                && create.query().isPresent()
                && !analyze) {
            PlannedQuery planned =
                    new QueryRunner(context).planner().planQuery(create.query().get());
            return Results.lines(
                    context,
                    "Explain",
                    new PlanText(planned.graph(), context.zone())
                            .write(List.of(create.name().toString())));
        }
        if (analyze) {
            throw StatementExecutor.unsupported("EXPLAIN ANALYZE of a statement that writes", node);
        }
        return Results.lines(
                context,
                "Explain",
                List.of(
                        "STAGE DEPENDENCIES:",
                        "  Stage-0 is a root stage",
                        "",
                        "STAGE PLANS:",
                        "  Stage: Stage-0",
                        "    DDL Operator"));
    }

    private List<String> query(Query query, boolean analyze) {
        QueryRunner runner = new QueryRunner(context);
        PlannedQuery planned = runner.planner().planQuery(query);
        PlanText text = new PlanText(planned.graph(), context.zone());
        if (!analyze) {
            return text.query();
        }
        try (RunningQuery running = runner.run(planned)) {
            for (ColumnBatch batch = running.next(); batch != null; batch = running.next()) {
                context.cancelFlag().check();
            }
            return text.measured(running.statistics(), running::tasksOf).query();
        }
    }

    // The targets are named and not planned, so that nothing is made on disk.
    private List<String> insert(DataStatement.Insert insert) {
        List<Query> queries = InsertQueries.of(insert);
        List<String> lines = new ArrayList<>();
        List<String> targets = new ArrayList<>();
        for (InsertBranch branch : insert.branches()) {
            if (branch.target() instanceof InsertTarget.Table table) {
                targets.add(context.catalogue().requireStored(table.name()).qualifiedName());
            } else if (branch.target() instanceof InsertTarget.Directory directory) {
                targets.add(directory.path());
            }
        }
        for (int i = 0; i < queries.size(); i++) {
            PlannedQuery planned = new QueryRunner(context).planner().planQuery(queries.get(i));
            lines.addAll(
                    new PlanText(planned.graph(), context.zone()).write(List.of(targets.get(i))));
        }
        return lines;
    }
}
