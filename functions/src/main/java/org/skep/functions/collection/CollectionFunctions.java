package org.skep.functions.collection;

import java.util.ArrayList;
import java.util.List;
import org.skep.functions.api.ScalarFunction;

/** The declarations of the functions of arrays, maps and structs. */
public final class CollectionFunctions {
    private CollectionFunctions() {}

    /** All of them. */
    public static List<ScalarFunction> all() {
        List<ScalarFunction> functions = new ArrayList<>();
        functions.addAll(ConstructorFunctions.all());
        functions.addAll(AccessFunctions.all());
        functions.addAll(ArrayFunctions.all());
        return functions;
    }
}
