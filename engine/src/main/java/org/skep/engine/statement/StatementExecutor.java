package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.query.QueryRunner;
import org.skep.engine.query.RunningQuery;
import org.skep.engine.result.ResultColumn;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.StatementContext;
import org.skep.engine.settings.SettingKeys;
import org.skep.parser.SqlParser;
import org.skep.parser.ast.DataStatement;
import org.skep.parser.ast.DatabaseStatement;
import org.skep.parser.ast.DescribeStatement;
import org.skep.parser.ast.FunctionStatement;
import org.skep.parser.ast.ShowStatement;
import org.skep.parser.ast.Statement;
import org.skep.parser.ast.TableStatement;
import org.skep.parser.ast.ViewStatement;
import org.skep.parser.command.Command;
import org.skep.parser.command.CommandRecognizer;
import org.skep.planner.OutputColumn;
import org.skep.planner.PlannedQuery;

/** Runs one statement, whatever it is. Confined to the statement's thread. */
public final class StatementExecutor implements Statement.Visitor<StatementResult> {
    private static final int ATTEMPTS = 20;
    private static final Pattern READS_CATALOGUE =
            Pattern.compile(
                    "(?i)\\b(from|table|view|database|schema|tables|insert|show|describe|desc|use)\\b");

    private final StatementContext context;

    /** An executor of one statement. */
    public StatementExecutor(StatementContext context) {
        this.context = context;
    }

    /**
     * Reads and runs the statement.
     *
     * @throws SkepException with the code of what is wrong
     */
    public StatementResult execute() {
        Optional<Command> command = new CommandRecognizer().recognize(withoutEnd(context.text()));
        if (command.isPresent()) {
            return command.get().accept(new CommandExecutor(context));
        }
        if (READS_CATALOGUE.matcher(context.text()).find()) {
            // Starts while the statement is parsed and bound.
            context.services().catalogue().start();
        }
        return new SqlParser().parse(context.text()).accept(this);
    }

    /** Does again what a commit of somebody else came before, on what the catalogue says then. */
    private StatementResult retried(Supplier<StatementResult> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (SkepException e) {
                if (e.code() != ErrorCode.CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
                context.cancelFlag().check();
                context.forgetCatalogue();
            }
        }
    }

    // A command ends where its semicolon stands; SQL is read with it.
    private static String withoutEnd(String text) {
        String stripped = text.strip();
        while (stripped.endsWith(";")) {
            stripped = stripped.substring(0, stripped.length() - 1).stripTrailing();
        }
        return stripped;
    }

    @Override
    public StatementResult queryStatement(Statement.QueryStatement statement) {
        QueryRunner runner = new QueryRunner(context);
        PlannedQuery planned = runner.planner().planQuery(statement.query());
        boolean labels = context.settings().get(SettingKeys.UNIQUE_COLUMN_NAMES);
        List<ResultColumn> columns = new ArrayList<>();
        for (OutputColumn column : planned.columns()) {
            columns.add(ResultColumn.of(labels ? column.label() : column.name(), column.type()));
        }
        RunningQuery running = runner.run(planned);
        return StatementResult.rows(
                context.queryId(), columns, running, context.zone(), context::warnings);
    }

    @Override
    public StatementResult explain(Statement.Explain statement) {
        return new ExplainStatement(context).explain(statement);
    }

    @Override
    public StatementResult unsupported(Statement.Unsupported statement) {
        throw unsupported(statement.kind(), statement);
    }

    @Override
    public StatementResult prepare(Statement.Prepare statement) {
        return new PreparedStatements(context).prepare(statement);
    }

    @Override
    public StatementResult execute(Statement.Execute statement) {
        return new PreparedStatements(context).execute(statement, this);
    }

    static SkepException unsupported(String what, org.skep.parser.ast.Node node) {
        return new SkepException(
                ErrorCode.NOT_SUPPORTED, node.location(), what + " is not supported yet");
    }

    @Override
    public StatementResult dataStatement(DataStatement statement) {
        return statement.accept(new DataStatements(context));
    }

    @Override
    public StatementResult databaseStatement(DatabaseStatement statement) {
        return retried(() -> statement.accept(new DatabaseStatements(context)));
    }

    @Override
    public StatementResult tableStatement(TableStatement statement) {
        return retried(() -> statement.accept(new TableStatements(context)));
    }

    @Override
    public StatementResult viewStatement(ViewStatement statement) {
        return retried(() -> statement.accept(new ViewStatements(context)));
    }

    @Override
    public StatementResult functionStatement(FunctionStatement statement) {
        return statement.accept(new FunctionStatements(context));
    }

    @Override
    public StatementResult showStatement(ShowStatement statement) {
        return statement.accept(new ShowStatements(context));
    }

    @Override
    public StatementResult describeStatement(DescribeStatement statement) {
        return statement.accept(new DescribeStatements(context));
    }
}
