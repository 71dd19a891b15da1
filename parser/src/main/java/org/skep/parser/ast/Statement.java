package org.skep.parser.ast;

import java.util.List;

/**
 * A statement. Immutable.
 *
 * <p>The larger families ({@link TableStatement}, {@link ShowStatement}, ...) have visitors of
 * their own.
 */
public sealed interface Statement extends Node
        permits Statement.QueryStatement,
                Statement.Explain,
                Statement.Unsupported,
                Statement.Prepare,
                Statement.Execute,
                DataStatement,
                DatabaseStatement,
                TableStatement,
                ViewStatement,
                FunctionStatement,
                ShowStatement,
                DescribeStatement {
    /** Calls the method of {@code visitor} that is for this kind of statement. */
    <R> R accept(Visitor<R> visitor);

    /** One method a kind, and no default, so that a new kind is noticed everywhere. */
    interface Visitor<R> {
        R queryStatement(QueryStatement statement);

        R explain(Explain statement);

        R unsupported(Unsupported statement);

        R prepare(Prepare statement);

        R execute(Execute statement);

        R dataStatement(DataStatement statement);

        R databaseStatement(DatabaseStatement statement);

        R tableStatement(TableStatement statement);

        R viewStatement(ViewStatement statement);

        R functionStatement(FunctionStatement statement);

        R showStatement(ShowStatement statement);

        R describeStatement(DescribeStatement statement);
    }

    /** A query that returns rows. */
    record QueryStatement(Query query, SourceSpan span) implements Statement {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.queryStatement(this);
        }
    }

    /** EXPLAIN; the options are its words in upper case, {@code CBO COST} being one. */
    record Explain(List<String> options, Statement statement, SourceSpan span)
            implements Statement {
        public Explain {
            options = List.copyOf(options);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.explain(this);
        }
    }

    /**
     * A statement that is HiveQL but that Skep does not have; the kind is its first words in upper
     * case.
     */
    record Unsupported(String kind, SourceSpan span) implements Statement {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unsupported(this);
        }
    }

    /**
     * PREPARE; the text is that of the query, with question marks for parameters, at the place that
     * it has in the statement.
     */
    record Prepare(String name, String text, SourceSpan span) implements Statement {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.prepare(this);
        }
    }

    /** EXECUTE; the constants are as they were written. */
    record Execute(String name, List<String> constants, SourceSpan span) implements Statement {
        public Execute {
            constants = List.copyOf(constants);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.execute(this);
        }
    }
}
