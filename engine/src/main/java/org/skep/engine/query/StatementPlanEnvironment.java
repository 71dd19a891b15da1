package org.skep.engine.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.skep.engine.scan.TableEstimates;
import org.skep.engine.session.StatementContext;
import org.skep.engine.session.StatementEvaluation;
import org.skep.functions.api.EvalContext;
import org.skep.functions.catalogue.FunctionCatalogue;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.parser.ast.FunctionStatement;
import org.skep.planner.environment.PlanEnvironment;
import org.skep.planner.environment.TableEstimate;

/** Answers the planner for one statement. Confined to the statement's thread. */
public final class StatementPlanEnvironment implements PlanEnvironment {
    private final StatementContext context;
    private final EvalContext evaluation;
    private final Map<String, TableEstimate> estimates = new HashMap<>();

    /** The environment of a statement. */
    public StatementPlanEnvironment(StatementContext context) {
        this.context = context;
        this.evaluation = new StatementEvaluation(context);
    }

    @Override
    public Optional<Table> table(String database, String name) {
        return context.catalogue().table(database, name);
    }

    @Override
    public boolean databaseExists(String name) {
        return context.catalogue().databaseExists(name);
    }

    @Override
    public List<String> tableNames(String database) {
        return context.catalogue().tableNames(database);
    }

    @Override
    public List<Partition> partitions(Table table, Predicate<List<String>> values) {
        return context.catalogue().partitions(table, values);
    }

    @Override
    public TableEstimate estimate(Table table) {
        return estimates.computeIfAbsent(table.id(), id -> TableEstimates.of(context, table));
    }

    @Override
    public FunctionCatalogue functions() {
        return context.services().functions();
    }

    @Override
    public Optional<FunctionStatement.CreateMacro> macro(String name) {
        return context.session().macro(name);
    }

    @Override
    public EvalContext evaluation() {
        return evaluation;
    }

    @Override
    public String setting(String name) {
        return context.settings().find(name).orElse(null);
    }

    @Override
    public int parallelism() {
        return QueryRunner.threads(context);
    }
}
