package org.skep.functions.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.functions.api.ScalarFunction;
import org.skep.types.Datum;

class ExamplesTest {
    @Test
    void examplesGiveWhatTheySay() {
        ExampleCalls calls = new ExampleCalls();
        List<String> failures = new ArrayList<>();
        int count = 0;
        for (ScalarFunction function : calls.functions()) {
            for (ScalarFunction.Example example : function.examples()) {
                count++;
                try {
                    Datum actual = ExampleReader.evaluate(example.call(), calls);
                    Datum expected = ExampleReader.evaluate(example.result(), calls);
                    if (!ExampleCalls.same(actual.value(), expected.value())) {
                        failures.add(example.call() + " -> " + actual.value());
                    }
                } catch (RuntimeException | AssertionError e) {
                    failures.add(example.call() + " -> " + e);
                }
            }
        }
        assertThat(failures).isEmpty();
        assertThat(count).isGreaterThan(100);
    }

    @Test
    void everyFunctionHasAnExampleAndADescription() {
        List<String> lacking = new ArrayList<>();
        for (ScalarFunction function : new ExampleCalls().functions()) {
            if (function.examples().isEmpty() || function.description().isEmpty()) {
                lacking.add(function.name());
            }
        }
        assertThat(lacking).isEmpty();
    }
}
