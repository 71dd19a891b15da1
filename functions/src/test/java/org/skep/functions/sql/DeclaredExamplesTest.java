package org.skep.functions.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.arithmetic.ArithmeticFunctions;
import org.skep.functions.arithmetic.MathFunctions;
import org.skep.functions.coerce.TypeRules;
import org.skep.functions.compare.Comparisons;
import org.skep.functions.conditional.ConditionalFunctions;
import org.skep.functions.conditional.SessionFunctions;
import org.skep.functions.time.DateTimeFunctions;
import org.skep.types.Datum;

class DeclaredExamplesTest {
    private static List<ScalarFunction> functions() {
        List<ScalarFunction> all = new ArrayList<>();
        all.addAll(ArithmeticFunctions.all());
        all.addAll(MathFunctions.all());
        all.addAll(Comparisons.all());
        all.addAll(ConditionalFunctions.all());
        all.addAll(DateTimeFunctions.all());
        all.addAll(SessionFunctions.all());
        return all;
    }

    @Test
    void everyExampleGivesWhatItSays() {
        Calls calls = new Calls();
        List<String> failures = new ArrayList<>();
        for (ScalarFunction function : functions()) {
            for (ScalarFunction.Example example : function.examples()) {
                Datum actual = Evaluator.evaluate(example.call(), calls);
                Datum expected = Evaluator.evaluate(example.result(), calls);
                boolean same =
                        actual.isNull()
                                ? expected.isNull()
                                : !expected.isNull() && equal(actual, expected);
                if (!same) {
                    failures.add(example.call() + " gives " + actual + ", not " + expected);
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    private static boolean equal(Datum left, Datum right) {
        boolean exact =
                TypeRules.isExact(left.type().kind()) && TypeRules.isExact(right.type().kind());
        if (exact) {
            BigDecimal number = new BigDecimal(left.value().toString());
            return number.compareTo(new BigDecimal(right.value().toString())) == 0;
        }
        return left.type().equals(right.type()) && left.value().equals(right.value());
    }

    @Test
    void everyFunctionIsDescribed() {
        assertThat(functions()).allSatisfy(f -> assertThat(f.description()).isNotBlank());
    }
}
