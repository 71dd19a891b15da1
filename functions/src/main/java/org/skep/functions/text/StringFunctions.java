package org.skep.functions.text;

import java.util.ArrayList;
import java.util.List;
import org.skep.functions.api.ScalarFunction;

/** The declarations of the string functions. */
public final class StringFunctions {
    private StringFunctions() {}

    /** All of them. */
    public static List<ScalarFunction> all() {
        List<ScalarFunction> functions = new ArrayList<>();
        functions.addAll(BasicFunctions.all());
        functions.addAll(PatternFunctions.all());
        functions.addAll(ShapeFunctions.all());
        functions.addAll(SearchFunctions.all());
        functions.addAll(RegexFunctions.all());
        functions.addAll(JoinFunctions.all());
        functions.addAll(EncodingFunctions.all());
        functions.addAll(UrlFunctions.all());
        functions.addAll(MaskFunctions.all());
        functions.addAll(FileFunctions.all());
        functions.addAll(PrintfFunctions.all());
        return functions;
    }
}
