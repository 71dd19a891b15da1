package org.skep.lsm.operation;

import java.util.List;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.filter.CompareOperator;
import org.skep.lsm.filter.Filter;

/**
 * Changes a row if a condition holds, both in one step. The condition is on the newest value of a
 * column, or that a filter finds a cell in the row. Immutable.
 */
public final class CheckAndMutate {
    private final byte[] row;
    private final byte[] family;
    private final byte[] qualifier;
    private final CompareOperator operator;
    private final byte[] value;
    private final Filter filter;
    private final TimeRange timeRange;
    private final List<Mutation<?>> mutations;

    private CheckAndMutate(Builder builder, List<Mutation<?>> mutations) {
        row = builder.row;
        family = builder.family;
        qualifier = builder.qualifier;
        operator = builder.operator;
        value = builder.value;
        filter = builder.filter;
        timeRange = builder.timeRange;
        this.mutations = List.copyOf(mutations);
    }

    /**
     * Begins a condition on a row.
     *
     * @throws IllegalArgumentException if the row is empty or longer than 32,767 bytes
     */
    public static Builder of(byte[] row) {
        return new Builder(Mutation.checkedRow(row));
    }

    /** A condition that is not complete before its mutations are given. Confined to one thread. */
    public static final class Builder {
        private final byte[] row;
        private byte[] family;
        private byte[] qualifier;
        private CompareOperator operator;
        private byte[] value;
        private Filter filter;
        private TimeRange timeRange = TimeRange.ALL;

        private Builder(byte[] row) {
            this.row = row;
        }

        /** If the column has no value, or an empty one. */
        public Builder ifNotExists(byte[] inFamily, byte[] column) {
            return ifMatches(inFamily, column, CompareOperator.EQUAL, null);
        }

        /** If the column has this value. */
        public Builder ifEquals(byte[] inFamily, byte[] column, byte[] expected) {
            return ifMatches(inFamily, column, CompareOperator.EQUAL, expected);
        }

        /**
         * If {@code expected} compares so with the column's value: LESS holds if it is less than
         * that, which is the other way round than in filters, as in HBase. Null and empty stand for
         * no value: NOT_EQUAL then asks for a value, and all others for none.
         */
        public Builder ifMatches(
                byte[] inFamily, byte[] column, CompareOperator how, byte[] expected) {
            family = inFamily.clone();
            qualifier = column.clone();
            operator = how;
            value = expected == null ? new byte[0] : expected.clone();
            return this;
        }

        /** If the filter leaves any cell of the row. */
        public Builder ifMatches(Filter condition) {
            filter = condition;
            return this;
        }

        /** Looks at timestamps in a range only. */
        public Builder timeRange(TimeRange range) {
            timeRange = range;
            return this;
        }

        /**
         * Applies a mutation if the condition holds.
         *
         * @throws IllegalArgumentException if it is of another row
         * @throws IllegalStateException if there is no condition
         */
        public CheckAndMutate then(Mutation<?> mutation) {
            return then(new RowMutations(row).add(mutation));
        }

        /** Applies mutations together if the condition holds; errors as for one. */
        public CheckAndMutate then(RowMutations mutations) {
            if (!java.util.Arrays.equals(row, mutations.row())) {
                throw new IllegalArgumentException(
                        "Mutations must be of the same row as the condition");
            }
            if (family == null && filter == null) {
                throw new IllegalStateException("Condition must be set");
            }
            return new CheckAndMutate(this, mutations.mutations());
        }
    }

    /** The row, not to be changed. */
    public byte[] row() {
        return row;
    }

    /** What is applied. */
    public List<Mutation<?>> mutations() {
        return mutations;
    }

    /** What must be read to decide. */
    public Get query() {
        Get get = new Get(row).timeRange(timeRange);
        return filter != null ? get.filter(filter) : get.addColumn(family, qualifier);
    }

    /** Whether the condition holds, given the answer to {@link #query}. */
    public boolean holds(Result found) {
        if (filter != null) {
            return !found.isEmpty();
        }
        if (found.isEmpty()) {
            return value.length == 0 && operator != CompareOperator.NOT_EQUAL;
        }
        CellView view = found.cells().get(0).view();
        if (value.length == 0) {
            return (view.valueLength() == 0) == (operator != CompareOperator.NOT_EQUAL);
        }
        int order =
                Bytes.compare(
                        value,
                        0,
                        value.length,
                        view.buffer(),
                        view.valueOffset(),
                        view.valueLength());
        return switch (operator) {
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case GREATER -> order > 0;
            case NO_OP -> false;
        };
    }
}
