package org.skep.functions.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.coerce.TypeRules;
import org.skep.functions.row.Flat;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** The comparisons, tests, logical operators and hash functions. Stateless. */
public final class Comparisons {
    private Comparisons() {}

    /** All declarations. */
    public static List<ScalarFunction> all() {
        List<ScalarFunction> all = new ArrayList<>();
        all.add(comparison("=", List.of("=="), "1 = 1", "TRUE"));
        all.add(comparison("<>", List.of("!="), "1 <> 1", "FALSE"));
        all.add(comparison("<", List.of(), "'a' < 'B'", "FALSE"));
        all.add(comparison("<=", List.of(), "1 <= 1", "TRUE"));
        all.add(comparison(">", List.of(), "'10' > '9'", "FALSE"));
        all.add(comparison(">=", List.of(), "1 >= 2", "FALSE"));
        all.add(
                ScalarFunction.named("<=>")
                        .alsoNamed("is_not_distinct_from")
                        .boundBy(arguments -> bindComparison("<=>", arguments))
                        .describedAs(
                                "a <=> b - Returns true if both are equal or both are NULL, else"
                                        + " false")
                        .example("NULL <=> NULL", "TRUE")
                        .example("1 <=> NULL", "FALSE")
                        .evaluatedBy(Comparisons::notDistinct));
        all.add(
                ScalarFunction.named("between")
                        .boundBy(Comparisons::bindBetween)
                        .describedAs(
                                "between(invert, a, b, c) - evaluates a [NOT] BETWEEN b AND c,"
                                        + " three-valued")
                        .example("between(FALSE, 2, 1, 3)", "TRUE")
                        .evaluatedBy(Comparisons::between));
        all.add(
                ScalarFunction.named("in")
                        .boundBy(Comparisons::bindIn)
                        .describedAs(
                                "test in(val1, val2...) - returns true if test equals any valN")
                        .example("in(1, 1, NULL)", "TRUE")
                        .example("in(2, 1, NULL)", "NULL")
                        .evaluatedBy(Comparisons::in));
        all.addAll(truthTests());
        all.addAll(logic());
        all.add(
                ScalarFunction.named("hash")
                        .boundBy(arguments -> bindHash("hash", arguments))
                        .describedAs("hash(a1, a2, ...) - Returns a hash value of the arguments")
                        .example("hash('a')", "97")
                        .example("hash(1.5)", "466")
                        .example("hash('a', 1)", "3008")
                        .evaluatedBy(
                                (arguments, selection, out, context) ->
                                        hash(
                                                RowHash.java(context.zone()),
                                                arguments,
                                                selection,
                                                out)));
        all.add(
                ScalarFunction.named("murmur_hash")
                        .boundBy(arguments -> bindHash("murmur_hash", arguments))
                        .describedAs(
                                "murmur_hash(a1, a2, ...) - Returns a hash value of the arguments")
                        .example("murmur_hash('a')", "1086686554")
                        .evaluatedBy(
                                (arguments, selection, out, context) ->
                                        hash(
                                                RowHash.murmur(context.zone()),
                                                arguments,
                                                selection,
                                                out)));
        return all;
    }

    /**
     * A filter for a comparison of two operands of the same bound type, to be used instead of
     * evaluating it into booleans.
     *
     * @param operator the symbol
     * @return null if there is none for the operator
     */
    public static PredicateKernel predicate(String operator, List<DataType> argumentTypes) {
        ComparisonOperator comparison = ComparisonOperator.of(operator);
        if (comparison != null && argumentTypes.size() == 2) {
            return new ComparisonPredicate(comparison);
        }
        return switch (operator) {
            case "isnull" -> Comparisons::selectNulls;
            case "isnotnull" ->
                    (arguments, in) -> ComparisonPredicate.withoutNulls(arguments[0], in);
            default -> null;
        };
    }

    private static Selection selectNulls(ColumnVector[] arguments, Selection in) {
        ColumnVector vector = arguments[0];
        if (!vector.mayHaveNulls()) {
            return Selection.all(0);
        }
        boolean[] nulls = vector.nulls();
        return nulls == null ? in : in.where(nulls, true);
    }

    private static ScalarFunction comparison(
            String symbol, List<String> aliases, String call, String result) {
        ComparisonOperator operator = ComparisonOperator.of(symbol);
        return ScalarFunction.named(symbol)
                .alsoNamed(aliases.toArray(String[]::new))
                .boundBy(arguments -> bindComparison(symbol, arguments))
                .nullInNullOut()
                .describedAs("a " + symbol + " b - Returns TRUE if the comparison holds")
                .example(call, result)
                .evaluatedBy(new ComparisonKernel(operator));
    }

    private static Binding bindComparison(String name, List<Argument> arguments) {
        requireCount(name, arguments, 2);
        DataType type = compared(name, arguments.get(0).type(), arguments.get(1).type());
        return new Binding(List.of(type, type), DataType.BOOLEAN);
    }

    private static DataType compared(String name, DataType left, DataType right) {
        return TypeRules.comparisonType(left, right)
                .orElseThrow(
                        () ->
                                new SkepException(
                                        ErrorCode.WRONG_ARGUMENTS,
                                        "Cannot apply %s to types: %s, %s"
                                                .formatted(
                                                        name, left.typeName(), right.typeName())));
    }

    private static Binding bindBetween(List<Argument> arguments) {
        requireCount("between", arguments, 4);
        DataType type = compared("between", arguments.get(1).type(), arguments.get(2).type());
        type = compared("between", type, arguments.get(3).type());
        return new Binding(List.of(DataType.BOOLEAN, type, type, type), DataType.BOOLEAN);
    }

    private static Binding bindIn(List<Argument> arguments) {
        if (arguments.size() < 2) {
            requireCount("in", arguments, 2);
        }
        List<DataType> types = arguments.stream().map(Argument::type).toList();
        Optional<DataType> type = TypeRules.commonType(types);
        if (type.isEmpty()) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENTS,
                    "The arguments for IN should be the same type! Types are: "
                            + types.stream().map(DataType::typeName).toList());
        }
        return new Binding(Collections.nCopies(arguments.size(), type.get()), DataType.BOOLEAN);
    }

    private static Binding bindHash(String name, List<Argument> arguments) {
        if (arguments.isEmpty()) {
            requireCount(name, arguments, 1);
        }
        return new Binding(arguments.stream().map(Argument::type).toList(), DataType.INT);
    }

    private static void requireCount(String name, List<Argument> arguments, int count) {
        if (arguments.size() != count) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENT_COUNT,
                    "Function %s takes %d arguments: %d".formatted(name, count, arguments.size()));
        }
    }

    private static void notDistinct(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        ColumnVector left = Flat.of(arguments[0]);
        ColumnVector right = Flat.of(arguments[1]);
        int maskA = Flat.mask(arguments[0]);
        int maskB = Flat.mask(arguments[1]);
        RowOrder order = RowOrder.withNulls(left, right);
        boolean[] results = ((BooleanVector) out).values();
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            results[i] = order.compare(i & maskA, i & maskB) == 0;
        }
    }

    private static void between(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        ColumnVector value = Flat.of(arguments[1]);
        ColumnVector low = Flat.of(arguments[2]);
        ColumnVector high = Flat.of(arguments[3]);
        BooleanVector inverted = Flat.booleans(arguments[0]);
        RowOrder toLow = RowOrder.of(value, low);
        RowOrder toHigh = RowOrder.of(value, high);
        boolean[] results = ((BooleanVector) out).values();
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            int i = row & Flat.mask(arguments[1]);
            int l = row & Flat.mask(arguments[2]);
            int h = row & Flat.mask(arguments[3]);
            boolean unknown = value.isNull(i);
            boolean lowUnknown = unknown || low.isNull(l);
            boolean highUnknown = unknown || high.isNull(h);
            boolean below = !lowUnknown && toLow.compare(i, l) < 0;
            boolean above = !highUnknown && toHigh.compare(i, h) > 0;
            boolean outside = below || above;
            if (!outside && (lowUnknown || highUnknown)) {
                out.setNull(row);
            } else {
                boolean inverts = inverted.values()[row & Flat.mask(arguments[0])];
                results[row] = outside == inverts;
            }
        }
    }

    private static void in(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        ColumnVector value = Flat.of(arguments[0]);
        int mask = Flat.mask(arguments[0]);
        RowOrder[] orders = new RowOrder[arguments.length];
        for (int a = 1; a < arguments.length; a++) {
            orders[a] = RowOrder.of(value, Flat.of(arguments[a]));
        }
        boolean[] results = ((BooleanVector) out).values();
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            boolean unknown = value.isNull(row & mask);
            boolean found = false;
            boolean known = !unknown;
            for (int a = 1; known && !found && a < arguments.length; a++) {
                int at = row & Flat.mask(arguments[a]);
                if (Flat.of(arguments[a]).isNull(at)) {
                    unknown = true;
                } else {
                    found = orders[a].compare(row & mask, at) == 0;
                }
            }
            results[row] = found;
            if (unknown && !found) {
                out.setNull(row);
            }
        }
    }

    private static void hash(
            RowHash hasher, ColumnVector[] arguments, Selection selection, ColumnVector out) {
        long[] results = ((LongVector) out).values();
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            int hash = 0;
            for (ColumnVector argument : arguments) {
                hash = 31 * hash + hasher.hash(Flat.of(argument), i & Flat.mask(argument));
            }
            results[i] = hash;
        }
    }

    private static List<ScalarFunction> truthTests() {
        return List.of(
                nullTest("isnull", "Returns true if a is NULL and false otherwise", true),
                nullTest("isnotnull", "Returns true if a is not NULL and false otherwise", false),
                truthTest("istrue", true, false, "istrue(NULL)", "FALSE"),
                truthTest("isnottrue", true, true, "isnottrue(NULL)", "TRUE"),
                truthTest("isfalse", false, false, "isfalse(FALSE)", "TRUE"),
                truthTest("isnotfalse", false, true, "isnotfalse(FALSE)", "FALSE"));
    }

    private static ScalarFunction nullTest(String name, String text, boolean wanted) {
        return ScalarFunction.named(name)
                .boundBy(
                        arguments -> {
                            requireCount(name, arguments, 1);
                            return new Binding(List.of(arguments.get(0).type()), DataType.BOOLEAN);
                        })
                .describedAs(name + " a - " + text)
                .example(name + "(NULL)", wanted ? "TRUE" : "FALSE")
                .evaluatedBy(
                        (arguments, selection, out, context) -> {
                            ColumnVector vector = Flat.of(arguments[0]);
                            int mask = Flat.mask(arguments[0]);
                            boolean[] results = ((BooleanVector) out).values();
                            for (int k = 0; k < selection.count(); k++) {
                                int i = selection.position(k);
                                results[i] = vector.isNull(i & mask) == wanted;
                            }
                        });
    }

    private static ScalarFunction truthTest(
            String name, boolean wanted, boolean inverted, String call, String result) {
        return ScalarFunction.named(name)
                .boundBy(arguments -> bindBooleans(name, arguments, 1))
                .describedAs(name + " a - Tests a boolean; NULL is neither true nor false")
                .example(call, result)
                .evaluatedBy(
                        (arguments, selection, out, context) -> {
                            BooleanVector vector = Flat.booleans(arguments[0]);
                            int mask = Flat.mask(arguments[0]);
                            boolean[] results = ((BooleanVector) out).values();
                            for (int k = 0; k < selection.count(); k++) {
                                int i = selection.position(k);
                                int at = i & mask;
                                boolean is = !vector.isNull(at) && vector.values()[at] == wanted;
                                results[i] = is != inverted;
                            }
                        });
    }

    private static Binding bindBooleans(String name, List<Argument> arguments, int least) {
        if (arguments.size() < least || (least == 1 && arguments.size() > 1)) {
            requireCount(name, arguments, least);
        }
        for (Argument argument : arguments) {
            TypeKind kind = argument.type().kind();
            if (kind != TypeKind.BOOLEAN && kind != TypeKind.VOID) {
                throw new SkepException(
                        ErrorCode.WRONG_ARGUMENTS,
                        "%s takes only boolean type, %s is found"
                                .formatted(name, argument.type().typeName()));
            }
        }
        return new Binding(
                Collections.nCopies(arguments.size(), DataType.BOOLEAN), DataType.BOOLEAN);
    }

    private static List<ScalarFunction> logic() {
        return List.of(
                ScalarFunction.named("not")
                        .alsoNamed("!")
                        .boundBy(arguments -> bindBooleans("not", arguments, 1))
                        .nullInNullOut()
                        .describedAs("not a - Logical not")
                        .example("not(TRUE)", "FALSE")
                        .evaluatedBy(Comparisons::not),
                ScalarFunction.named("and")
                        .boundBy(arguments -> bindBooleans("and", arguments, 2))
                        .describedAs("a1 and a2 and ... and an - Logical and")
                        .example("and(NULL, FALSE)", "FALSE")
                        .evaluatedBy(decidedBy(false)),
                ScalarFunction.named("or")
                        .boundBy(arguments -> bindBooleans("or", arguments, 2))
                        .describedAs("a1 or a2 or ... or an - Logical or")
                        .example("or(NULL, TRUE)", "TRUE")
                        .evaluatedBy(decidedBy(true)));
    }

    private static void not(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        boolean[] values = Flat.booleans(arguments[0]).values();
        int mask = Flat.mask(arguments[0]);
        boolean[] results = ((BooleanVector) out).values();
        int[] p = selection.positions();
        for (int k = 0; k < selection.count(); k++) {
            int i = p == null ? k : p[k];
            results[i] = !values[i & mask];
        }
    }

    private static ScalarKernel decidedBy(boolean deciding) {
        return (arguments, selection, out, context) -> {
            boolean[] results = ((BooleanVector) out).values();
            for (int k = 0; k < selection.count(); k++) {
                int i = selection.position(k);
                boolean unknown = false;
                boolean decided = false;
                for (ColumnVector argument : arguments) {
                    int at = argument instanceof ConstantVector ? 0 : i;
                    BooleanVector operand = Flat.booleans(argument);
                    if (operand.isNull(at)) {
                        unknown = true;
                    } else if (operand.values()[at] == deciding) {
                        decided = true;
                    }
                }
                results[i] = decided == deciding;
                if (unknown && !decided) {
                    out.setNull(i);
                }
            }
        };
    }
}
