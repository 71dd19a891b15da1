package org.skep.functions.json;

import java.util.ArrayList;
import java.util.List;
import org.skep.functions.api.ScalarFunction;

/** The declarations of the functions of JSON texts. */
public final class JsonFunctions {
    private JsonFunctions() {}

    /** All of them. */
    public static List<ScalarFunction> all() {
        List<ScalarFunction> functions = new ArrayList<>();
        return functions;
    }
}
