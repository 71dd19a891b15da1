package org.skep.engine.statement;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.StatementContext;
import org.skep.parser.ast.DataStatement;
import org.skep.parser.ast.QualifiedName;

/** INSERT, LOAD and the statements that change rows. Confined to the statement's thread. */
final class DataStatements implements DataStatement.Visitor<StatementResult> {
    private final StatementContext context;

    DataStatements(StatementContext context) {
        this.context = context;
    }

    @Override
    public StatementResult insert(DataStatement.Insert node) {
        return new InsertStatements(context).insert(node);
    }

    @Override
    public StatementResult load(DataStatement.Load node) {
        return new LoadStatement(context).load(node);
    }

    @Override
    public StatementResult update(DataStatement.Update node) {
        throw notTransactional(node.table());
    }

    @Override
    public StatementResult delete(DataStatement.Delete node) {
        throw notTransactional(node.table());
    }

    @Override
    public StatementResult merge(DataStatement.Merge node) {
        throw notTransactional(node.table());
    }

    private SkepException notTransactional(QualifiedName table) {
        context.catalogue().require(table);
        return new SkepException(
                ErrorCode.UPDATE_NOT_TRANSACTIONAL,
                "Attempt to do update or delete using transaction manager that does not support these operations.");
    }
}
