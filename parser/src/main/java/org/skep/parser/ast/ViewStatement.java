package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/** Statements about views. Immutable. */
public sealed interface ViewStatement extends Statement {
    /** Calls the method of {@code visitor} that is for this statement. */
    <R> R accept(ViewStatement.Visitor<R> visitor);

    @Override
    default <R> R accept(Statement.Visitor<R> visitor) {
        return visitor.viewStatement(this);
    }

    /** One method a kind, and no default, so that a new kind is noticed everywhere. */
    interface Visitor<R> {
        R createView(CreateView node);

        R alterViewQuery(AlterViewQuery node);

        R alterView(AlterView node);

        R dropView(DropView node);
    }

    /** CREATE VIEW; the text of the query is kept as written. */
    record CreateView(
            QualifiedName name,
            boolean orReplace,
            boolean ifNotExists,
            List<ViewColumn> columns,
            Optional<String> comment,
            List<Identifier> partitionedOn,
            List<Property> properties,
            Query query,
            String queryText,
            SourceSpan span)
            implements ViewStatement {
        public CreateView {
            columns = List.copyOf(columns);
            partitionedOn = List.copyOf(partitionedOn);
            properties = List.copyOf(properties);
        }

        @Override
        public <R> R accept(ViewStatement.Visitor<R> visitor) {
            return visitor.createView(this);
        }
    }

    /** ALTER VIEW .. AS. */
    record AlterViewQuery(QualifiedName name, Query query, String queryText, SourceSpan span)
            implements ViewStatement {
        @Override
        public <R> R accept(ViewStatement.Visitor<R> visitor) {
            return visitor.alterViewQuery(this);
        }
    }

    /** ALTER VIEW, where the action is one of those of tables. */
    record AlterView(QualifiedName name, AlterTableAction action, SourceSpan span)
            implements ViewStatement {
        @Override
        public <R> R accept(ViewStatement.Visitor<R> visitor) {
            return visitor.alterView(this);
        }
    }

    /** DROP VIEW. */
    record DropView(QualifiedName name, boolean ifExists, SourceSpan span)
            implements ViewStatement {
        @Override
        public <R> R accept(ViewStatement.Visitor<R> visitor) {
            return visitor.dropView(this);
        }
    }
}
