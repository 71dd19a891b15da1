package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/** One WHEN of a MERGE. Immutable. */
public sealed interface MergeClause extends Node {
    /** Calls the method of {@code visitor} that is for this node. */
    <R> R accept(Visitor<R> visitor);

    /** One method a kind, and no default, so that a new kind is noticed everywhere. */
    interface Visitor<R> {
        R matchedUpdate(MatchedUpdate node);

        R matchedDelete(MatchedDelete node);

        R notMatchedInsert(NotMatchedInsert node);
    }

    /** WHEN MATCHED THEN UPDATE. */
    record MatchedUpdate(
            Optional<Expression> condition, List<Assignment> assignments, SourceSpan span)
            implements MergeClause {
        public MatchedUpdate {
            assignments = List.copyOf(assignments);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.matchedUpdate(this);
        }
    }

    /** WHEN MATCHED THEN DELETE. */
    record MatchedDelete(Optional<Expression> condition, SourceSpan span) implements MergeClause {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.matchedDelete(this);
        }
    }

    /** WHEN NOT MATCHED THEN INSERT. */
    record NotMatchedInsert(
            Optional<Expression> condition,
            List<Identifier> columns,
            List<Expression> values,
            SourceSpan span)
            implements MergeClause {
        public NotMatchedInsert {
            columns = List.copyOf(columns);
            values = List.copyOf(values);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.notMatchedInsert(this);
        }
    }
}
