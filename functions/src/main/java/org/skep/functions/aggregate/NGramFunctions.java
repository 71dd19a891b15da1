package org.skep.functions.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.skep.functions.api.AggregateFunction;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.call.Signature;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.StructType;
import org.skep.types.TypeKind;

/** Declares the search for frequent sequences of words. */
final class NGramFunctions {
    private static final DataType TEXTS = new ListType(DataType.STRING);
    private static final DataType RESULT =
            new ListType(
                    new StructType(
                            List.of(
                                    new StructType.Field("ngram", TEXTS),
                                    new StructType.Field("estfrequency", DataType.DOUBLE))));

    private NGramFunctions() {}

    static List<AggregateFunction> all() {
        return List.of(
                function(
                        "ngrams",
                        NGramAccumulator::ofAll,
                        "ngrams(expr, n, k, pf) - Estimates the top-k n-grams in rows that consist"
                                + " of sequences of strings, represented as arrays of strings, or"
                                + " arrays of arrays of strings. 'pf' is an optional precision"
                                + " factor that controls memory usage."),
                function(
                        "context_ngrams",
                        NGramAccumulator::ofContext,
                        "context_ngrams(expr, array<string1, string2, ...>, k, pf) estimates the"
                                + " top-k most frequent n-grams that fit into the specified"
                                + " context. A null in the array is a blank that an element of the"
                                + " n-gram fills."));
    }

    private static AggregateFunction function(
            String name, Supplier<NGramAccumulator> accumulators, String description) {
        return new AggregateFunction(
                name,
                List.of(),
                arguments -> bind(name, arguments),
                (arguments, returned) -> NGramAccumulator.PARTIAL,
                (arguments, returned) -> accumulators.get(),
                false,
                description);
    }

    private static Binding bind(String name, List<Argument> arguments) {
        Signature.checkCount(name, arguments, 3, 4);
        List<DataType> types = new ArrayList<>();
        DataType words = arguments.get(0).type();
        if (!(words instanceof ListType list) || !isWords(list)) {
            throw Signature.wrongType(name, 0, words, "array<string> or array<array<string>>");
        }
        types.add(words);
        for (int i = 1; i < arguments.size(); i++) {
            DataType type = arguments.get(i).type();
            if (i == 1 && name.equals("context_ngrams")) {
                types.add(context(name, type));
            } else if (type.kind().isInteger()) {
                types.add(type);
            } else {
                throw Signature.wrongType(name, i, type, "an integer");
            }
        }
        return new Binding(types, RESULT);
    }

    private static boolean isWords(ListType list) {
        return list.equals(TEXTS) || list.element().equals(TEXTS);
    }

    private static DataType context(String name, DataType type) {
        if (type instanceof ListType list
                && (list.equals(TEXTS) || list.element().kind() == TypeKind.VOID)) {
            return TEXTS;
        }
        throw Signature.wrongType(name, 1, type, "array<string>");
    }
}
