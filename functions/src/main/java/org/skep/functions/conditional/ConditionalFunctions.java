package org.skep.functions.conditional;

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
import org.skep.functions.compare.RowOrder;
import org.skep.functions.row.Flat;
import org.skep.functions.row.RowCopy;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * Functions that choose among their arguments. CASE, COALESCE and IF are declared with kernels that
 * evaluate all arguments; the executor has forms of its own that evaluate only what is needed, and
 * takes the types from here. Stateless.
 */
public final class ConditionalFunctions {
    private ConditionalFunctions() {}

    /** All declarations. */
    public static List<ScalarFunction> all() {
        List<ScalarFunction> all = new ArrayList<>();
        all.add(
                ScalarFunction.named("if")
                        .boundBy(ConditionalFunctions::bindIf)
                        .describedAs(
                                "IF(expr1,expr2,expr3) - If expr1 is TRUE then IF() returns expr2;"
                                        + " otherwise it returns expr3")
                        .example("if(NULL, 1, 2)", "2")
                        .example("if(TRUE, 1, 2)", "1")
                        .evaluatedBy(
                                (arguments, selection, out, context) ->
                                        when(arguments, selection, out)));
        all.add(
                ScalarFunction.named("when")
                        .boundBy(ConditionalFunctions::bindWhen)
                        .describedAs(
                                "CASE WHEN a THEN b [WHEN c THEN d]* [ELSE e] END - The result"
                                        + " beside the first true condition")
                        .example("when(FALSE, 1, TRUE, 2)", "2")
                        .evaluatedBy(
                                (arguments, selection, out, context) ->
                                        when(arguments, selection, out)));
        all.add(
                ScalarFunction.named("case")
                        .boundBy(ConditionalFunctions::bindCase)
                        .describedAs(
                                "CASE a WHEN b THEN c [WHEN d THEN e]* [ELSE f] END - The result"
                                        + " beside the first equal value")
                        .example("case(1, 1, 'a', 1, 'b')", "'a'")
                        .example("case(3, 1, 'a', 'c')", "'c'")
                        .evaluatedBy(
                                (arguments, selection, out, context) ->
                                        caseOf(arguments, selection, out)));
        all.add(
                ScalarFunction.named("coalesce")
                        .boundBy(arguments -> bindCommon("coalesce", arguments, 1))
                        .describedAs("COALESCE(a1, a2, ...) - Returns the first non-null argument")
                        .example("coalesce(NULL, 1, 2)", "1")
                        .evaluatedBy(
                                (arguments, selection, out, context) ->
                                        coalesce(arguments, selection, out)));
        all.add(
                ScalarFunction.named("nvl")
                        .boundBy(ConditionalFunctions::bindNvl)
                        .describedAs(
                                "nvl(value,default_value) - Returns default value if value is null"
                                        + " else returns value")
                        .example("nvl(NULL, 'x')", "'x'")
                        .evaluatedBy(
                                (arguments, selection, out, context) ->
                                        coalesce(arguments, selection, out)));
        all.add(
                ScalarFunction.named("nullif")
                        .boundBy(ConditionalFunctions::bindNullIf)
                        .describedAs(
                                "nullif(a1, a2) - shorthand for: case when a1 = a2 then null else"
                                        + " a1")
                        .example("nullif(1, 1)", "NULL")
                        .example("nullif(1, 2)", "1")
                        .evaluatedBy(
                                (arguments, selection, out, context) ->
                                        nullIf(arguments, selection, out)));
        all.add(extreme("greatest", 1, "greatest(1, 2.5)", "2.5"));
        all.add(extreme("least", -1, "least(1, NULL, 3)", "NULL"));
        all.add(
                ScalarFunction.named("assert_true")
                        .boundBy(ConditionalFunctions::bindAssertTrue)
                        .describedAs(
                                "assert_true(condition) - Throw an exception if 'condition' is not"
                                        + " true.")
                        .example("assert_true(TRUE)", "NULL")
                        .evaluatedBy(ConditionalFunctions::assertTrue));
        all.add(
                ScalarFunction.named("typeof")
                        .boundBy(
                                arguments -> {
                                    requireCount("typeof", arguments, 1);
                                    return new Binding(
                                            List.of(arguments.get(0).type()), DataType.STRING);
                                })
                        .describedAs("typeof(arg) - Returns the type of the supplied argument")
                        .example("typeof(1)", "'int'")
                        .example("typeof(NULL)", "'void'")
                        .implementedBy((types, returned) -> typeOf(types.get(0))));
        return all;
    }

    private static void requireCount(String name, List<Argument> arguments, int count) {
        if (arguments.size() != count) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENT_COUNT,
                    "Function %s takes %d arguments: %d".formatted(name, count, arguments.size()));
        }
    }

    private static DataType common(String name, List<DataType> types) {
        Optional<DataType> common = TypeRules.commonType(types);
        return common.orElseThrow(
                () ->
                        new SkepException(
                                ErrorCode.WRONG_ARGUMENT_TYPE,
                                "The expressions of %s must have a common type: %s"
                                        .formatted(
                                                name,
                                                types.stream().map(DataType::typeName).toList())));
    }

    private static Binding bindCommon(String name, List<Argument> arguments, int least) {
        if (arguments.size() < least) {
            requireCount(name, arguments, least);
        }
        DataType type = common(name, arguments.stream().map(Argument::type).toList());
        return new Binding(Collections.nCopies(arguments.size(), type), type);
    }

    private static Binding bindIf(List<Argument> arguments) {
        requireCount("if", arguments, 3);
        TypeKind condition = arguments.get(0).type().kind();
        if (condition != TypeKind.BOOLEAN && condition != TypeKind.VOID) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENT_TYPE,
                    "The first argument of function IF should be \"boolean\", but \"%s\" is found"
                            .formatted(arguments.get(0).type().typeName()));
        }
        DataType type = common("if", List.of(arguments.get(1).type(), arguments.get(2).type()));
        return new Binding(List.of(DataType.BOOLEAN, type, type), type);
    }

    private static Binding bindNvl(List<Argument> arguments) {
        requireCount("nvl", arguments, 2);
        return bindCommon("nvl", arguments, 2);
    }

    private static Binding bindNullIf(List<Argument> arguments) {
        requireCount("nullif", arguments, 2);
        return bindCommon("nullif", arguments, 2);
    }

    private static Binding bindWhen(List<Argument> arguments) {
        if (arguments.size() < 2) {
            requireCount("when", arguments, 2);
        }
        List<DataType> results = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            boolean condition = i % 2 == 0 && i + 1 < arguments.size();
            if (!condition) {
                results.add(arguments.get(i).type());
            } else if (arguments.get(i).type().kind() != TypeKind.BOOLEAN) {
                throw new SkepException(
                        ErrorCode.WRONG_ARGUMENT_TYPE,
                        "\"boolean\" is expected after WHEN, but \"%s\" is found"
                                .formatted(arguments.get(i).type().typeName()));
            }
        }
        DataType type = common("case", results);
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            types.add(i % 2 == 0 && i + 1 < arguments.size() ? DataType.BOOLEAN : type);
        }
        return new Binding(types, type);
    }

    private static Binding bindCase(List<Argument> arguments) {
        if (arguments.size() < 3) {
            requireCount("case", arguments, 3);
        }
        DataType value = arguments.get(0).type();
        List<DataType> results = new ArrayList<>();
        for (int i = 1; i < arguments.size(); i++) {
            DataType type = arguments.get(i).type();
            boolean compared = i % 2 == 1 && i + 1 < arguments.size();
            if (compared) {
                DataType left = value;
                value =
                        TypeRules.comparisonType(left, type)
                                .orElseThrow(() -> mismatch(left, type));
            } else {
                results.add(type);
            }
        }
        DataType result = common("case", results);
        List<DataType> types = new ArrayList<>(List.of(value));
        for (int i = 1; i < arguments.size(); i++) {
            types.add(i % 2 == 1 && i + 1 < arguments.size() ? value : result);
        }
        return new Binding(types, result);
    }

    private static SkepException mismatch(DataType left, DataType right) {
        return new SkepException(
                ErrorCode.WRONG_ARGUMENT_TYPE,
                "The expressions after WHEN should have the same type with that after CASE:"
                        + " \"%s\" is expected but \"%s\" is found"
                                .formatted(left.typeName(), right.typeName()));
    }

    private static Binding bindAssertTrue(List<Argument> arguments) {
        requireCount("assert_true", arguments, 1);
        return new Binding(List.of(DataType.BOOLEAN), DataType.VOID);
    }

    private static boolean isTrue(ColumnVector condition, int row) {
        int at = row & Flat.mask(condition);
        BooleanVector booleans = Flat.booleans(condition);
        return booleans.values()[at] && !booleans.isNull(at);
    }

    private static void copy(ColumnVector source, int row, ColumnVector out) {
        RowCopy.copyRow(Flat.of(source), row & Flat.mask(source), out, row);
    }

    private static void when(ColumnVector[] arguments, Selection selection, ColumnVector out) {
        int pairs = arguments.length / 2;
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            int chosen = arguments.length % 2 == 1 ? arguments.length - 1 : -1;
            for (int c = 0; c < pairs; c++) {
                if (isTrue(arguments[2 * c], i)) {
                    chosen = 2 * c + 1;
                    break;
                }
            }
            if (chosen < 0) {
                out.setNull(i);
            } else {
                copy(arguments[chosen], i, out);
            }
        }
    }

    private static void caseOf(ColumnVector[] arguments, Selection selection, ColumnVector out) {
        ColumnVector value = Flat.of(arguments[0]);
        int mask = Flat.mask(arguments[0]);
        int pairs = (arguments.length - 1) / 2;
        RowOrder[] orders = new RowOrder[pairs];
        for (int c = 0; c < pairs; c++) {
            orders[c] = RowOrder.of(value, Flat.of(arguments[1 + 2 * c]));
        }
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            int chosen = arguments.length % 2 == 0 ? arguments.length - 1 : -1;
            for (int c = 0; c < pairs && !value.isNull(i & mask); c++) {
                ColumnVector candidate = arguments[1 + 2 * c];
                int at = i & Flat.mask(candidate);
                if (!Flat.of(candidate).isNull(at) && orders[c].compare(i & mask, at) == 0) {
                    chosen = 2 + 2 * c;
                    break;
                }
            }
            if (chosen < 0) {
                out.setNull(i);
            } else {
                copy(arguments[chosen], i, out);
            }
        }
    }

    private static void coalesce(ColumnVector[] arguments, Selection selection, ColumnVector out) {
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            int chosen = 0;
            while (chosen < arguments.length
                    && Flat.of(arguments[chosen]).isNull(i & Flat.mask(arguments[chosen]))) {
                chosen++;
            }
            if (chosen == arguments.length) {
                out.setNull(i);
            } else {
                copy(arguments[chosen], i, out);
            }
        }
    }

    private static void nullIf(ColumnVector[] arguments, Selection selection, ColumnVector out) {
        ColumnVector left = Flat.of(arguments[0]);
        ColumnVector right = Flat.of(arguments[1]);
        RowOrder order = RowOrder.of(left, right);
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            int i = row & Flat.mask(arguments[0]);
            int j = row & Flat.mask(arguments[1]);
            if (!left.isNull(i) && !right.isNull(j) && order.compare(i, j) == 0) {
                out.setNull(row);
            } else {
                copy(arguments[0], row, out);
            }
        }
    }

    private static ScalarFunction extreme(String name, int sign, String call, String result) {
        return ScalarFunction.named(name)
                .boundBy(arguments -> bindExtreme(name, arguments))
                .nullInNullOut()
                .describedAs(
                        name + "(v1, v2, ...) - Returns the " + name + " value in a list of values")
                .example(call, result)
                .evaluatedBy(
                        (arguments, selection, out, context) ->
                                extreme(arguments, sign, selection, out));
    }

    private static Binding bindExtreme(String name, List<Argument> arguments) {
        if (arguments.size() < 2) {
            requireCount(name, arguments, 2);
        }
        DataType type = DataType.VOID;
        for (Argument argument : arguments) {
            DataType left = type;
            type =
                    TypeRules.comparisonType(left, argument.type())
                            .orElseThrow(() -> mismatch(left, argument.type()));
        }
        return new Binding(Collections.nCopies(arguments.size(), type), type);
    }

    private static void extreme(
            ColumnVector[] arguments, int sign, Selection selection, ColumnVector out) {
        RowOrder[][] orders = new RowOrder[arguments.length][arguments.length];
        for (int a = 0; a < arguments.length; a++) {
            for (int b = 0; b < a; b++) {
                orders[a][b] = RowOrder.of(Flat.of(arguments[a]), Flat.of(arguments[b]));
            }
        }
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            int best = 0;
            for (int a = 1; a < arguments.length; a++) {
                int order =
                        orders[a][best].compare(
                                i & Flat.mask(arguments[a]), i & Flat.mask(arguments[best]));
                best = order * sign > 0 ? a : best;
            }
            copy(arguments[best], i, out);
        }
    }

    private static void assertTrue(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        for (int k = 0; k < selection.count(); k++) {
            if (!isTrue(arguments[0], selection.position(k))) {
                throw new SkepException(
                        ErrorCode.RUNTIME_ERROR, "ASSERT_TRUE(): assertion failed.");
            }
        }
    }

    private static ScalarKernel typeOf(DataType type) {
        return (arguments, selection, out, context) -> {
            BytesVector results = (BytesVector) out;
            for (int k = 0; k < selection.count(); k++) {
                results.set(selection.position(k), type.typeName());
            }
        };
    }
}
