package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/** Something that FROM reads. Immutable. */
public sealed interface Relation extends Node {
    /** Calls the method of {@code visitor} that is for this node. */
    <R> R accept(Visitor<R> visitor);

    /** One method a kind, and no default, so that a new kind is noticed everywhere. */
    interface Visitor<R> {
        R tableReference(TableReference node);

        R subqueryRelation(SubqueryRelation node);

        R join(Join node);

        R lateralRelation(LateralRelation node);
    }

    /** A table, view or common table by name. */
    record TableReference(
            QualifiedName name,
            Optional<Identifier> alias,
            Optional<TableSample> sample,
            List<Property> properties,
            SourceSpan span)
            implements Relation {
        public TableReference {
            properties = List.copyOf(properties);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.tableReference(this);
        }
    }

    /** A query in FROM, VALUES included; the columns rename its output when given. */
    record SubqueryRelation(
            Query query,
            Optional<Identifier> alias,
            List<Identifier> columns,
            Optional<TableSample> sample,
            SourceSpan span)
            implements Relation {
        public SubqueryRelation {
            columns = List.copyOf(columns);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.subqueryRelation(this);
        }
    }

    /**
     * Two relations joined. A comma is {@link JoinKind#COMMA}; {@code using} is empty unless
     * written.
     */
    record Join(
            JoinKind kind,
            Relation left,
            Relation right,
            Optional<Expression> condition,
            List<Identifier> using,
            SourceSpan span)
            implements Relation {
        public Join {
            using = List.copyOf(using);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.join(this);
        }
    }

    /** The rows of {@code input}, each with the rows a table function makes of it. */
    record LateralRelation(Relation input, LateralView view, SourceSpan span) implements Relation {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.lateralRelation(this);
        }
    }
}
