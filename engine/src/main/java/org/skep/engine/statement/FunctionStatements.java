package org.skep.engine.statement;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.query.StatementPlanEnvironment;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.StatementContext;
import org.skep.engine.settings.SettingKeys;
import org.skep.parser.ast.FunctionStatement;
import org.skep.parser.ast.QualifiedName;
import org.skep.planner.Planner;

/**
 * Statements about functions, of which there are none but the built-in, and macros. Confined to one
 * thread.
 */
final class FunctionStatements implements FunctionStatement.Visitor<StatementResult> {
    private final StatementContext context;

    FunctionStatements(StatementContext context) {
        this.context = context;
    }

    @Override
    public StatementResult createFunction(FunctionStatement.CreateFunction node) {
        throw StatementExecutor.unsupported("CREATE FUNCTION", node);
    }

    @Override
    public StatementResult dropFunction(FunctionStatement.DropFunction node) {
        return absent(node.ifExists(), node.name());
    }

    private StatementResult absent(boolean ifExists, QualifiedName name) {
        if (ifExists || context.settings().get(SettingKeys.DROP_IGNORES_ABSENT)) {
            return Results.done(context);
        }
        throw new SkepException(
                ErrorCode.FUNCTION_NOT_FOUND, name.location(), "Function not found: " + name);
    }

    @Override
    public StatementResult reloadFunctions(FunctionStatement.ReloadFunctions node) {
        return Results.done(context);
    }

    @Override
    public StatementResult createMacro(FunctionStatement.CreateMacro node) {
        new Planner(new StatementPlanEnvironment(context), context.session().database())
                .checkMacro(node);
        context.session().addMacro(node);
        return Results.done(context);
    }

    @Override
    public StatementResult dropMacro(FunctionStatement.DropMacro node) {
        if (context.session().removeMacro(node.name().toString())) {
            return Results.done(context);
        }
        return absent(node.ifExists(), node.name());
    }
}
