package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;
import org.skep.base.error.SourceLocation;

/** Statements that write rows. Immutable. */
public sealed interface DataStatement extends Statement {
    /** Calls the method of {@code visitor} that is for this statement. */
    <R> R accept(DataStatement.Visitor<R> visitor);

    @Override
    default <R> R accept(Statement.Visitor<R> visitor) {
        return visitor.dataStatement(this);
    }

    /** One method a kind, and no default, so that a new kind is noticed everywhere. */
    interface Visitor<R> {
        R insert(Insert node);

        R load(Load node);

        R update(Update node);

        R delete(Delete node);

        R merge(Merge node);
    }

    /**
     * INSERT: one target with its query, or several that share a FROM ({@code sharedFrom}), whose
     * queries then are SELECT blocks without one.
     */
    record Insert(
            Optional<With> with,
            Optional<Relation> sharedFrom,
            List<InsertBranch> branches,
            SourceSpan span)
            implements DataStatement {
        public Insert {
            branches = List.copyOf(branches);
        }

        @Override
        public <R> R accept(DataStatement.Visitor<R> visitor) {
            return visitor.insert(this);
        }
    }

    /** LOAD DATA. */
    record Load(
            String path,
            SourceLocation pathLocation,
            boolean local,
            boolean overwrite,
            QualifiedName table,
            Optional<PartitionSpec> partition,
            Optional<String> inputFormat,
            Optional<String> serde,
            SourceSpan span)
            implements DataStatement {
        @Override
        public <R> R accept(DataStatement.Visitor<R> visitor) {
            return visitor.load(this);
        }
    }

    /** UPDATE. */
    record Update(
            QualifiedName table,
            Optional<Identifier> alias,
            List<Assignment> assignments,
            Optional<Expression> where,
            SourceSpan span)
            implements DataStatement {
        public Update {
            assignments = List.copyOf(assignments);
        }

        @Override
        public <R> R accept(DataStatement.Visitor<R> visitor) {
            return visitor.update(this);
        }
    }

    /** DELETE. */
    record Delete(
            QualifiedName table,
            Optional<Identifier> alias,
            Optional<Expression> where,
            SourceSpan span)
            implements DataStatement {
        @Override
        public <R> R accept(DataStatement.Visitor<R> visitor) {
            return visitor.delete(this);
        }
    }

    /** MERGE. */
    record Merge(
            QualifiedName table,
            Optional<Identifier> alias,
            Relation source,
            Expression condition,
            List<MergeClause> clauses,
            SourceSpan span)
            implements DataStatement {
        public Merge {
            clauses = List.copyOf(clauses);
        }

        @Override
        public <R> R accept(DataStatement.Visitor<R> visitor) {
            return visitor.merge(this);
        }
    }
}
