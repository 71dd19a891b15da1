package org.skep.planner;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.parser.ast.FunctionStatement;
import org.skep.parser.ast.Query;
import org.skep.planner.analysis.BindSession;
import org.skep.planner.analysis.BoundQuery;
import org.skep.planner.analysis.QueryBinder;
import org.skep.planner.analysis.RexFactory;
import org.skep.planner.environment.PlanEnvironment;
import org.skep.planner.optimize.Optimizer;
import org.skep.planner.physical.PhysicalPlanner;
import org.skep.types.Datum;

/**
 * Plans the queries of one statement: binds names and types, optimises, chooses operators and cuts
 * stages. Confined to one thread, which should have a large stack.
 */
public final class Planner {
    private final BindSession session;
    private final String database;
    private final PhysicalPlanner physical;
    private final Optimizer optimizer;

    /** A planner of one statement; names without a database are looked up in {@code database}. */
    public Planner(PlanEnvironment environment, String database) {
        session = new BindSession(environment);
        this.database = database;
        physical = new PhysicalPlanner(environment, session.rex());
        optimizer = new Optimizer(session.cluster());
    }

    /**
     * Plans a query whose rows are the result.
     *
     * @throws SkepException for everything that is wrong with the query
     */
    public PlannedQuery planQuery(Query query) {
        BoundQuery bound = new QueryBinder(session, database).bind(query);
        physical.addResult(optimizer.optimize(bound.rel()));
        return new PlannedQuery(
                physical.graph(), physical.scans(), columns(bound), session.tablesRead());
    }

    /**
     * Looks whether a macro can be called.
     *
     * @throws SkepException for everything that is wrong with it
     */
    public void checkMacro(FunctionStatement.CreateMacro macro) {
        new QueryBinder(session, database).check(macro);
    }

    /**
     * Plans queries whose rows are written, all in one graph.
     *
     * @throws SkepException COLUMN_COUNT_MISMATCH, and everything else that is wrong with the
     *     queries
     */
    public PlannedQuery planWrites(List<WriteRequest> requests) {
        for (WriteRequest request : requests) {
            BoundQuery bound = new QueryBinder(session, database).bind(request.query());
            RelNode cast = targetColumns(bound, request);
            physical.addWrite(optimizer.optimize(cast), request.target());
        }
        return new PlannedQuery(
                physical.graph(), physical.scans(), List.of(), session.tablesRead());
    }

    /**
     * Says what a query would give.
     *
     * @param statementText the text that the query was parsed from
     */
    public DescribedQuery describe(Query query, String statementText) {
        BoundQuery bound = new QueryBinder(session, database).bind(query);
        String text = session.expandedText(statementText, query.span().start(), query.span().end());
        return new DescribedQuery(columns(bound), text);
    }

    private List<OutputColumn> columns(BoundQuery bound) {
        List<OutputColumn> columns = new ArrayList<>();
        for (int i = 0; i < bound.names().size(); i++) {
            String name = bound.names().get(i);
            String relation = bound.relations().get(i);
            columns.add(
                    new OutputColumn(
                            name,
                            relation == null ? name : relation + "." + name,
                            RexFactory.typeOf(session.rex().column(bound.rel().getRowType(), i))));
        }
        return columns;
    }

    private RelNode targetColumns(BoundQuery bound, WriteRequest request) {
        int found = bound.names().size();
        int wanted =
                request.positions()
                        .map(positions -> (int) positions.stream().filter(p -> p >= 0).count())
                        .orElse(request.columnTypes().size());
        if (found != wanted) {
            throw new SkepException(
                    ErrorCode.COLUMN_COUNT_MISMATCH,
                    request.query().location(),
                    "Cannot insert into target table because column number/types are different: %s has %d columns, but query has %d columns"
                            .formatted(request.target().table(), wanted, found));
        }
        List<RexNode> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < request.columnTypes().size(); i++) {
            int column = i;
            int position = request.positions().map(positions -> positions.get(column)).orElse(i);
            RexNode value =
                    position < 0
                            ? session.rex().constant(Datum.nullOf(request.columnTypes().get(i)))
                            : session.rex().column(bound.rel().getRowType(), position);
            columns.add(session.rex().cast(value, request.columnTypes().get(i)));
            names.add("c" + i);
        }
        return LogicalProject.create(bound.rel(), List.of(), columns, names, java.util.Set.of());
    }
}
