package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.skep.metastore.PartitionName;
import org.skep.planner.rel.HiveFunction;
import org.skep.types.DataType;
import org.skep.types.Datum;

/**
 * Decides by its values whether a partition can have matching rows: puts the values into the
 * condition and folds it. A partition stays unless the condition is certainly not true. What was
 * decided for some values is kept, since many partitions share them. Confined to one thread.
 */
public final class PartitionPredicate implements Predicate<List<String>> {
    private final RexFactory rex;
    private final List<DataType> types;
    private final List<Conjunct> conjuncts;

    /** A part of the condition and what it says for the values of its columns. */
    private record Conjunct(RexNode condition, List<Integer> columns, Map<String, Boolean> known) {
        static Conjunct of(RexNode condition) {
            return new Conjunct(
                    condition, RelOptUtil.InputFinder.bits(condition).asList(), new HashMap<>());
        }

        // Texts rather than lists, since the hashes of dates in lists are few.
        String key(List<String> values) {
            if (columns.size() == 1) {
                return values.get(columns.get(0));
            }
            StringBuilder key = new StringBuilder();
            for (int column : columns) {
                String value = values.get(column);
                key.append(value.length()).append(':').append(value);
            }
            return key.toString();
        }
    }

    /** Decides by a condition over the partition columns alone, which have these types. */
    public PartitionPredicate(RexFactory rex, List<DataType> types, RexNode condition) {
        this.rex = rex;
        this.types = List.copyOf(types);
        conjuncts = RelOptUtil.conjunctions(condition).stream().map(Conjunct::of).toList();
    }

    @Override
    public boolean test(List<String> values) {
        for (Conjunct conjunct : conjuncts) {
            String key = conjunct.key(values);
            if (!conjunct.known().computeIfAbsent(key, unknown -> mayHold(conjunct, values))) {
                return false;
            }
        }
        return true;
    }

    private boolean mayHold(Conjunct conjunct, List<String> values) {
        Map<Integer, Datum> row = new HashMap<>();
        for (int column : conjunct.columns()) {
            row.put(column, value(values.get(column), types.get(column)));
        }
        Datum result = RexFactory.constantOf(fold(conjunct.condition(), row)).orElse(null);
        return result == null || Boolean.TRUE.equals(result.value());
    }

    /**
     * A partition's value as text, as a value of the column's type; the default partition is NULL
     * unless a string.
     */
    public Datum value(String text, DataType type) {
        if (text.equals(PartitionName.DEFAULT_VALUE) && !type.kind().isCharacter()) {
            return Datum.nullOf(type);
        }
        return rex.fold(Datum.ofString(text), type);
    }

    private RexNode fold(RexNode node, Map<Integer, Datum> row) {
        return node.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef reference) {
                        return rex.constant(row.get(reference.getIndex()));
                    }

                    @Override
                    public RexNode visitCall(RexCall call) {
                        List<RexNode> operands = new ArrayList<>();
                        call.getOperands().forEach(operand -> operands.add(operand.accept(this)));
                        return refold(call, operands);
                    }
                });
    }

    private RexNode refold(RexCall call, List<RexNode> operands) {
        if (call.getOperator() instanceof HiveFunction function) {
            String name = function.getName();
            if (name.startsWith(HiveFunction.CAST + ":")) {
                return rex.cast(operands.get(0), RexFactory.typeOf(call));
            }
            if (name.equals(HiveFunction.COALESCE)) {
                return rex.coalesce(operands);
            }
            if (name.equals(HiveFunction.IN)) {
                return rex.in(operands.get(0), operands.subList(1, operands.size()));
            }
            return rex.call(name, operands);
        }
        SqlKind kind = call.getKind();
        return switch (kind) {
            case AND -> rex.and(operands);
            case OR -> rex.or(operands);
            case NOT -> rex.not(operands.get(0));
            case EQUALS -> rex.compare("=", operands.get(0), operands.get(1));
            case NOT_EQUALS -> rex.compare("<>", operands.get(0), operands.get(1));
            case LESS_THAN -> rex.compare("<", operands.get(0), operands.get(1));
            case LESS_THAN_OR_EQUAL -> rex.compare("<=", operands.get(0), operands.get(1));
            case GREATER_THAN -> rex.compare(">", operands.get(0), operands.get(1));
            case GREATER_THAN_OR_EQUAL -> rex.compare(">=", operands.get(0), operands.get(1));
            case IS_NOT_DISTINCT_FROM -> rex.compare("<=>", operands.get(0), operands.get(1));
            case IS_NULL -> rex.isNull(operands.get(0));
            case IS_NOT_NULL -> rex.isNotNull(operands.get(0));
            case CASE -> {
                List<RexNode> conditions = new ArrayList<>();
                List<RexNode> results = new ArrayList<>();
                for (int i = 0; i + 1 < operands.size(); i += 2) {
                    conditions.add(operands.get(i));
                    results.add(operands.get(i + 1));
                }
                yield rex.caseWhen(conditions, results, operands.get(operands.size() - 1));
            }
            default -> call.clone(call.getType(), operands);
        };
    }
}
