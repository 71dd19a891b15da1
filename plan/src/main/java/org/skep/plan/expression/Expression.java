package org.skep.plan.expression;

import java.util.List;
import org.skep.types.DataType;
import org.skep.types.Datum;

/**
 * A typed expression over the columns of the input. All coercions are explicit {@link Cast}s;
 * functions are named, with the types of their arguments, never referred to as code. Immutable.
 */
public sealed interface Expression {
    /** The type of the result. */
    DataType type();

    /** The operands. */
    List<Expression> operands();

    /** Dispatches to the visitor's method for this expression. */
    <R> R accept(Visitor<R> visitor);

    /**
     * One method an expression, no default: adding one breaks every visitor until it is handled.
     */
    interface Visitor<R> {
        R inputColumn(InputColumn expression);

        R literal(Literal expression);

        R call(Call expression);

        R cast(Cast expression);

        R and(And expression);

        R or(Or expression);

        R conditional(Case expression);

        R coalesce(Coalesce expression);

        R inList(InList expression);
    }

    /** A column of the input. */
    record InputColumn(int index, DataType type) implements Expression {
        @Override
        public List<Expression> operands() {
            return List.of();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.inputColumn(this);
        }
    }

    /** A constant. */
    record Literal(Datum value) implements Expression {
        @Override
        public DataType type() {
            return value.type();
        }

        @Override
        public List<Expression> operands() {
            return List.of();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.literal(this);
        }
    }

    /** A call of a scalar function of the catalogue. The arguments have exactly the bound types. */
    record Call(String function, List<Expression> operands, DataType type) implements Expression {
        /** Copies the list. */
        public Call {
            operands = List.copyOf(operands);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.call(this);
        }
    }

    /** A conversion by the rules of CAST. */
    record Cast(Expression operand, DataType type) implements Expression {
        @Override
        public List<Expression> operands() {
            return List.of(operand);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.cast(this);
        }
    }

    /**
     * True if all are; false if one is; else NULL. Later operands see only rows that earlier ones
     * left open.
     */
    record And(List<Expression> operands) implements Expression {
        /** Copies the list. */
        public And {
            operands = List.copyOf(operands);
        }

        @Override
        public DataType type() {
            return DataType.BOOLEAN;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.and(this);
        }
    }

    /**
     * True if one is; false if none can be; else NULL. Later operands see only rows that earlier
     * ones left open.
     */
    record Or(List<Expression> operands) implements Expression {
        /** Copies the list. */
        public Or {
            operands = List.copyOf(operands);
        }

        @Override
        public DataType type() {
            return DataType.BOOLEAN;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.or(this);
        }
    }

    /**
     * The result beside the first condition that is true, else {@code otherwise}. A result is
     * computed only for its own rows. All results have the type of the expression.
     */
    record Case(List<Expression> conditions, List<Expression> results, Expression otherwise)
            implements Expression {
        /** Copies the lists. */
        public Case {
            conditions = List.copyOf(conditions);
            results = List.copyOf(results);
            if (conditions.size() != results.size()) {
                throw new IllegalArgumentException("CASE needs a result for each condition");
            }
        }

        @Override
        public DataType type() {
            return otherwise.type();
        }

        @Override
        public List<Expression> operands() {
            List<Expression> all = new java.util.ArrayList<>();
            for (int i = 0; i < conditions.size(); i++) {
                all.add(conditions.get(i));
                all.add(results.get(i));
            }
            all.add(otherwise);
            return all;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.conditional(this);
        }
    }

    /** The first operand that is not NULL. All have the type of the expression. */
    record Coalesce(List<Expression> operands, DataType type) implements Expression {
        /** Copies the list. */
        public Coalesce {
            operands = List.copyOf(operands);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.coalesce(this);
        }
    }

    /**
     * Whether the value equals one of the constants, three-valued: NULL if the value is NULL, or if
     * no item is equal and one is NULL. Items have the value's type.
     */
    record InList(Expression value, List<Datum> items) implements Expression {
        /** Copies the list. */
        public InList {
            items = List.copyOf(items);
        }

        @Override
        public DataType type() {
            return DataType.BOOLEAN;
        }

        @Override
        public List<Expression> operands() {
            return List.of(value);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.inList(this);
        }
    }
}
