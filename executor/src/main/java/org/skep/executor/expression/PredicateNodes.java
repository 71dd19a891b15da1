package org.skep.executor.expression;

import org.skep.functions.compare.PredicateKernel;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/** The small kinds of conditions. */
final class PredicateNodes {
    private PredicateNodes() {}

    /** All conditions, each over what the ones before it left. */
    static final class All extends PredicateNode {
        private final PredicateNode[] conditions;

        All(PredicateNode[] conditions) {
            this.conditions = conditions;
        }

        @Override
        Selection select(BatchInput input, Selection selection) {
            Selection rows = selection;
            for (PredicateNode condition : conditions) {
                if (rows.count() == 0) {
                    return rows;
                }
                rows = condition.select(input, rows);
            }
            return rows;
        }
    }

    /** Any of the conditions, each over the rows that none before it took. */
    static final class Any extends PredicateNode {
        private final PredicateNode[] conditions;

        Any(PredicateNode[] conditions) {
            this.conditions = conditions;
        }

        @Override
        Selection select(BatchInput input, Selection selection) {
            Selection taken = Rows.NONE;
            Selection open = selection;
            for (PredicateNode condition : conditions) {
                Selection rows = condition.select(input, open);
                taken = Rows.union(taken, rows);
                if (taken.count() == selection.count()) {
                    return selection;
                }
                open = Rows.minus(open, rows);
            }
            return taken;
        }
    }

    /** A BOOLEAN expression that is true (or, to negate it, false). */
    static final class Value extends PredicateNode {
        private final ExpressionNode node;
        private final boolean wanted;

        Value(ExpressionNode node, boolean wanted) {
            this.node = node;
            this.wanted = wanted;
        }

        @Override
        Selection select(BatchInput input, Selection selection) {
            ColumnVector vector = node.evaluateDecoded(input, selection);
            if (vector instanceof ConstantVector constant) {
                boolean passes =
                        !constant.isNull()
                                && constant.value() instanceof BooleanVector value
                                && value.values()[0] == wanted;
                return passes ? selection : Rows.NONE;
            }
            if (!(vector instanceof BooleanVector booleans)) {
                return Rows.NONE; // type VOID: always NULL
            }
            Selection rows = selection.where(booleans.values(), wanted);
            return booleans.nulls() == null ? rows : rows.where(booleans.nulls(), false);
        }
    }

    /** IS NULL and IS NOT NULL. */
    static final class NullTest extends PredicateNode {
        private final ExpressionNode node;
        private final boolean wantsNull;

        NullTest(ExpressionNode node, boolean wantsNull) {
            this.node = node;
            this.wantsNull = wantsNull;
        }

        @Override
        Selection select(BatchInput input, Selection selection) {
            ColumnVector vector = node.evaluate(input, selection);
            return wantsNull ? Nulls.only(vector, selection) : Nulls.without(vector, selection);
        }
    }

    /** A kernel that selects rows itself. */
    static final class Kernel extends PredicateNode {
        private final PredicateKernel kernel;
        private final ExpressionNode[] operands;
        private final ColumnVector[] arguments;

        Kernel(PredicateKernel kernel, ExpressionNode[] operands) {
            this.kernel = kernel;
            this.operands = operands;
            arguments = new ColumnVector[operands.length];
        }

        @Override
        Selection select(BatchInput input, Selection selection) {
            if (selection.count() == 0) {
                return selection;
            }
            for (int i = 0; i < operands.length; i++) {
                arguments[i] = operands[i].evaluateDecoded(input, selection);
            }
            return kernel.select(arguments, selection);
        }
    }

    /** A constant set of values. */
    static final class Membership extends PredicateNode {
        private final ConstantSet set;
        private final ExpressionNode node;

        Membership(ConstantSet set, ExpressionNode node) {
            this.set = set;
            this.node = node;
        }

        @Override
        Selection select(BatchInput input, Selection selection) {
            ColumnVector vector = node.evaluateDecoded(input, selection);
            return set.select(vector, Nulls.without(vector, selection));
        }
    }

    /**
     * A condition on one column alone: for a dictionary it is decided once for each distinct value.
     */
    static final class PerDictionary extends PredicateNode {
        private final int column;
        private final PredicateNode onRows;
        private final PredicateNode onValues;
        private final BatchInput values = new BatchInput();
        private ColumnVector decidedFor;
        private int decidedCount;
        private boolean[] passes;
        private boolean nullPasses;

        /** The same condition twice, since each keeps state of its own. */
        PerDictionary(int column, PredicateNode onRows, PredicateNode onValues) {
            this.column = column;
            this.onRows = onRows;
            this.onValues = onValues;
        }

        @Override
        Selection select(BatchInput input, Selection selection) {
            if (!(input.column(column) instanceof DictionaryVector dictionary)
                    || dictionary.valueCount() > DictionaryNode.MOST_VALUES) {
                return onRows.select(input, selection);
            }
            if (dictionary.values() != decidedFor || dictionary.valueCount() != decidedCount) {
                decide(dictionary);
            }
            int[] ids = dictionary.ids();
            int[] positions = selection.positions();
            int[] kept = new int[selection.count()];
            int count = 0;
            if (!dictionary.mayHaveNulls()) {
                for (int k = 0; k < selection.count(); k++) {
                    int row = positions == null ? k : positions[k];
                    kept[count] = row;
                    count += passes[ids[row]] ? 1 : 0;
                }
            } else {
                for (int k = 0; k < selection.count(); k++) {
                    int row = positions == null ? k : positions[k];
                    int id = ids[row];
                    kept[count] = row;
                    count += (id < 0 ? nullPasses : passes[id]) ? 1 : 0;
                }
            }
            return count == selection.count() ? selection : Selection.of(kept, count);
        }

        private void decide(DictionaryVector dictionary) {
            ColumnVector[] columns = new ColumnVector[column + 1];
            columns[column] = dictionary.values();
            Selection all = Selection.all(dictionary.valueCount());
            values.take(columns, all);
            Selection passed = onValues.select(values, all);
            passes = new boolean[dictionary.valueCount()];
            for (int k = 0; k < passed.count(); k++) {
                passes[passed.position(k)] = true;
            }
            // Always: a later batch with this dictionary may have NULLs.
            ColumnVector none = ColumnVector.create(dictionary.type(), 1);
            none.setNull(0);
            columns = new ColumnVector[column + 1];
            columns[column] = none;
            values.take(columns, Selection.all(1));
            nullPasses = onValues.select(values, Selection.all(1)).count() == 1;
            decidedFor = dictionary.values();
            decidedCount = dictionary.valueCount();
        }
    }
}
