package org.skep.functions.catalogue;

import java.util.ArrayList;
import java.util.List;
import org.skep.functions.aggregate.AggregateFunctions;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.arithmetic.ArithmeticFunctions;
import org.skep.functions.arithmetic.MathFunctions;
import org.skep.functions.collection.CollectionFunctions;
import org.skep.functions.compare.Comparisons;
import org.skep.functions.conditional.ConditionalFunctions;
import org.skep.functions.conditional.SessionFunctions;
import org.skep.functions.json.JsonFunctions;
import org.skep.functions.reflection.ReflectionFunctions;
import org.skep.functions.table.TableFunctions;
import org.skep.functions.text.StringFunctions;
import org.skep.functions.time.DateTimeFunctions;
import org.skep.functions.window.WindowFunctions;
import org.skep.functions.xml.XmlFunctions;

/** The functions that every session knows. Stateless. */
public final class BuiltInFunctions {
    private static final FunctionCatalogue CATALOGUE = assemble();

    private BuiltInFunctions() {}

    /** All built-in functions. */
    public static FunctionCatalogue catalogue() {
        return CATALOGUE;
    }

    private static FunctionCatalogue assemble() {
        List<ScalarFunction> scalars = new ArrayList<>();
        scalars.addAll(ArithmeticFunctions.all());
        scalars.addAll(MathFunctions.all());
        scalars.addAll(Comparisons.all());
        scalars.addAll(ConditionalFunctions.all());
        scalars.addAll(DateTimeFunctions.all());
        scalars.addAll(SessionFunctions.all());
        scalars.addAll(StringFunctions.all());
        scalars.addAll(CollectionFunctions.all());
        scalars.addAll(JsonFunctions.all());
        scalars.addAll(XmlFunctions.all());
        scalars.addAll(ReflectionFunctions.all());
        return new FunctionCatalogue(
                scalars, AggregateFunctions.all(), TableFunctions.all(), WindowFunctions.all());
    }
}
