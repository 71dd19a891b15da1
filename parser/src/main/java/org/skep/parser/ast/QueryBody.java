package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/** What a query is made of, before its ORDER BY and LIMIT. Immutable. */
public sealed interface QueryBody extends Node {
    /** Calls the method of {@code visitor} that is for this node. */
    <R> R accept(Visitor<R> visitor);

    /** One method a kind, and no default, so that a new kind is noticed everywhere. */
    interface Visitor<R> {
        R select(Select node);

        R setOperation(SetOperation node);

        R values(Values node);

        R nested(Nested node);
    }

    /**
     * One SELECT block. {@code lateralViews} is filled only in the branches of a multi-insert,
     * where they come after the shared FROM.
     */
    record Select(
            boolean distinct,
            List<SelectItem> items,
            Optional<Transform> transform,
            Optional<Relation> from,
            List<LateralView> lateralViews,
            Optional<Expression> where,
            Optional<GroupBy> groupBy,
            Optional<Expression> having,
            List<NamedWindow> windows,
            Optional<Expression> qualify,
            List<String> hints,
            SourceSpan span)
            implements QueryBody {
        public Select {
            items = List.copyOf(items);
            lateralViews = List.copyOf(lateralViews);
            windows = List.copyOf(windows);
            hints = List.copyOf(hints);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.select(this);
        }
    }

    /** A chain of one set operator, left to right, kept flat; at least two inputs. */
    record SetOperation(Kind kind, boolean distinct, List<QueryBody> inputs, SourceSpan span)
            implements QueryBody {
        public SetOperation {
            inputs = List.copyOf(inputs);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setOperation(this);
        }

        /** The operator; MINUS is EXCEPT. */
        public enum Kind {
            UNION,
            INTERSECT,
            EXCEPT
        }
    }

    /**
     * {@code VALUES (..), (..)}.
     *
     * @param names what the first row calls the columns, one each
     */
    record Values(List<List<Expression>> rows, List<Optional<Identifier>> names, SourceSpan span)
            implements QueryBody {
        public Values {
            rows = rows.stream().map(List::copyOf).toList();
            names = List.copyOf(names);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.values(this);
        }
    }

    /** A query in parentheses, with its own ORDER BY or LIMIT. */
    record Nested(Query query, SourceSpan span) implements QueryBody {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.nested(this);
        }
    }
}
