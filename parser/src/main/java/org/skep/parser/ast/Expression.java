package org.skep.parser.ast;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * An expression of a statement. Two expressions are equal if they mean the same text, wherever they
 * stand: places do not count. Immutable.
 */
public sealed interface Expression extends Node {
    /** Calls the method of {@code visitor} that is for this node. */
    <R> R accept(Visitor<R> visitor);

    /** One method a kind, and no default, so that a new kind is noticed everywhere. */
    interface Visitor<R> {
        R nullLiteral(NullLiteral node);

        R booleanLiteral(BooleanLiteral node);

        R numericLiteral(NumericLiteral node);

        R stringLiteral(StringLiteral node);

        R dateTimeLiteral(DateTimeLiteral node);

        R intervalExpression(IntervalExpression node);

        R columnReference(ColumnReference node);

        R fieldAccess(FieldAccess node);

        R subscript(Subscript node);

        R star(Star node);

        R functionCall(FunctionCall node);

        R unary(Unary node);

        R binary(Binary node);

        R chain(Chain node);

        R caseWhen(Case node);

        R cast(Cast node);

        R isTest(IsTest node);

        R between(Between node);

        R inList(InList node);

        R inSubquery(InSubquery node);

        R exists(Exists node);

        R scalarSubquery(ScalarSubquery node);

        R quantifiedComparison(QuantifiedComparison node);

        R like(Like node);

        R row(Row node);

        R defaultValue(DefaultValue node);
    }

    /** The literal NULL. */
    record NullLiteral(SourceSpan span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.nullLiteral(this);
        }
    }

    /** TRUE or FALSE. */
    record BooleanLiteral(boolean value, SourceSpan span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.booleanLiteral(this);
        }
    }

    /** A number; {@code text} is it as written, suffix included. */
    record NumericLiteral(NumericLiteral.Kind kind, BigDecimal value, String text, SourceSpan span)
            implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.numericLiteral(this);
        }

        /** The type that Hive gives a numeric literal. */
        public enum Kind {
            TINYINT,
            SMALLINT,
            INT,
            BIGINT,
            DECIMAL,
            DOUBLE
        }
    }

    /** A string, its escapes resolved and adjacent pieces joined. */
    record StringLiteral(String value, SourceSpan span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stringLiteral(this);
        }
    }

    /** A typed literal such as {@code DATE '2020-01-31'}; the text is not yet checked. */
    record DateTimeLiteral(DateTimeLiteral.Kind kind, String value, SourceSpan span)
            implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.dateTimeLiteral(this);
        }

        /** Which type the literal has. */
        public enum Kind {
            DATE,
            TIMESTAMP,
            TIMESTAMP_LOCAL
        }
    }

    /**
     * A length of time: {@code INTERVAL '1-2' YEAR TO MONTH}, {@code 3 DAYS}, {@code (e) HOURS}.
     */
    record IntervalExpression(Expression value, IntervalUnit unit, SourceSpan span)
            implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.intervalExpression(this);
        }
    }

    /**
     * A name or dotted path; which parts are database, table, column or field is for the binder to
     * say.
     */
    record ColumnReference(List<Identifier> path, SourceSpan span) implements Expression {
        public ColumnReference {
            path = List.copyOf(path);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.columnReference(this);
        }
    }

    /** A field of a struct that is not a plain path: {@code f(x).a}. */
    record FieldAccess(Expression base, Identifier field, SourceSpan span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.fieldAccess(this);
        }
    }

    /** An element of an array or map: {@code a[i]}. */
    record Subscript(Expression base, Expression index, SourceSpan span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.subscript(this);
        }
    }

    /** {@code *} or {@code t.*}; the qualifier is empty for a bare star. */
    record Star(List<Identifier> qualifier, SourceSpan span) implements Expression {
        public Star {
            qualifier = List.copyOf(qualifier);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.star(this);
        }
    }

    /**
     * A call. Special forms are calls too: EXTRACT, FLOOR TO, TRIM FROM, SUBSTRING FROM,
     * CURRENT_DATE. {@code count(*)} has a {@link Star} as its argument.
     */
    record FunctionCall(
            QualifiedName name,
            List<Expression> arguments,
            boolean distinct,
            Optional<NullTreatment> nullTreatment,
            List<SortItem> withinGroup,
            Optional<WindowSpec> over,
            SourceSpan span)
            implements Expression {
        public FunctionCall {
            arguments = List.copyOf(arguments);
            withinGroup = List.copyOf(withinGroup);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.functionCall(this);
        }
    }

    /** An operator before its operand. */
    record Unary(UnaryOperator operator, Expression operand, SourceSpan span)
            implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unary(this);
        }
    }

    /** An operator between two operands. */
    record Binary(BinaryOperator operator, Expression left, Expression right, SourceSpan span)
            implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.binary(this);
        }
    }

    /**
     * A chain of one associative operator, kept flat so that long chains do not nest; at least two
     * operands.
     */
    record Chain(ChainOperator operator, List<Expression> operands, SourceSpan span)
            implements Expression {
        public Chain {
            operands = List.copyOf(operands);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.chain(this);
        }
    }

    /** CASE in both forms; {@code operand} is present in the simple one. */
    record Case(
            Optional<Expression> operand,
            List<WhenClause> branches,
            Optional<Expression> otherwise,
            SourceSpan span)
            implements Expression {
        public Case {
            branches = List.copyOf(branches);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.caseWhen(this);
        }
    }

    /** {@code CAST(e AS type [FORMAT '..'])}. */
    record Cast(Expression operand, TypeName type, Optional<String> format, SourceSpan span)
            implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.cast(this);
        }
    }

    /** {@code e IS [NOT] NULL|TRUE|FALSE|UNKNOWN}. */
    record IsTest(Expression operand, IsTest.Kind kind, boolean negated, SourceSpan span)
            implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.isTest(this);
        }

        /** What is tested for. */
        public enum Kind {
            NULL,
            TRUE,
            FALSE,
            UNKNOWN
        }
    }

    /** {@code e [NOT] BETWEEN low AND high}. */
    record Between(
            Expression operand, Expression low, Expression high, boolean negated, SourceSpan span)
            implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.between(this);
        }
    }

    /** {@code e [NOT] IN (a, b)}. */
    record InList(Expression operand, List<Expression> candidates, boolean negated, SourceSpan span)
            implements Expression {
        public InList {
            candidates = List.copyOf(candidates);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.inList(this);
        }
    }

    /** {@code e [NOT] IN (SELECT ..)}. */
    record InSubquery(Expression operand, Query query, boolean negated, SourceSpan span)
            implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.inSubquery(this);
        }
    }

    /** {@code EXISTS (SELECT ..)}; NOT EXISTS is a NOT around it. */
    record Exists(Query query, SourceSpan span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.exists(this);
        }
    }

    /** A query that stands for one value. */
    record ScalarSubquery(Query query, SourceSpan span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.scalarSubquery(this);
        }
    }

    /** {@code e op ANY|ALL (SELECT ..)}; SOME is ANY. */
    record QuantifiedComparison(
            Expression operand,
            BinaryOperator operator,
            Quantifier quantifier,
            Query query,
            SourceSpan span)
            implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.quantifiedComparison(this);
        }
    }

    /** {@code e [NOT] LIKE|RLIKE p}; with a quantifier there may be several patterns. */
    record Like(
            Expression operand,
            Like.Kind kind,
            Optional<Quantifier> quantifier,
            List<Expression> patterns,
            boolean negated,
            SourceSpan span)
            implements Expression {
        public Like {
            patterns = List.copyOf(patterns);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.like(this);
        }

        /** Which language the pattern is in; REGEXP is RLIKE. */
        public enum Kind {
            LIKE,
            RLIKE
        }
    }

    /** Several values in parentheses, which is a struct. */
    record Row(List<Expression> values, SourceSpan span) implements Expression {
        public Row {
            values = List.copyOf(values);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.row(this);
        }
    }

    /** DEFAULT in VALUES or in an assignment. */
    record DefaultValue(SourceSpan span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.defaultValue(this);
        }
    }
}
