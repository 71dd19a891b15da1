package org.skep.functions.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.cast.Casts;
import org.skep.functions.catalogue.BuiltInFunctions;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DatumVector;
import org.skep.types.vector.Selection;

/**
 * Calls functions and casts on single values. Every call is made with constant arguments, flat ones
 * and a sparse selection over flat ones, and the three must agree.
 */
public final class Calls {
    private static final int[] SPARSE = {1, 4, 5};

    private final FixedContext context = new FixedContext();

    /** Calls a function of the catalogue. */
    public Datum call(String name, List<Datum> values) {
        ScalarFunction function =
                BuiltInFunctions.catalogue()
                        .scalar(name)
                        .orElseThrow(
                                () ->
                                        new SkepException(
                                                ErrorCode.FUNCTION_NOT_FOUND,
                                                "Function not found: " + name));
        boolean unknown = name.equals("typeof");
        List<Argument> arguments = new ArrayList<>();
        for (Datum value : values) {
            arguments.add(unknown ? Argument.of(value.type()) : Argument.of(value));
        }
        Binding binding = function.bind(arguments);
        List<Datum> cast = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            cast.add(cast(values.get(i), binding.argumentTypes().get(i)));
        }
        if (function.nullInNullOut() && cast.stream().anyMatch(Datum::isNull)) {
            return Datum.nullOf(binding.returnType());
        }
        boolean repeatable = function.stability() != ScalarFunction.Stability.ROW;
        return evaluate(
                function.kernel(binding.argumentTypes(), binding.returnType()),
                cast,
                binding.returnType(),
                repeatable,
                name);
    }

    /** The type of a call, without evaluating it. */
    public DataType type(String name, List<Argument> arguments) {
        return BuiltInFunctions.catalogue().scalar(name).orElseThrow().bind(arguments).returnType();
    }

    /** Casts a value. */
    public Datum cast(Datum value, DataType type) {
        if (value.type().equals(type)) {
            return value;
        }
        Casts.check(value.type(), type, true);
        if (value.isNull()) {
            return Datum.nullOf(type);
        }
        ScalarKernel kernel = Casts.kernel(value.type(), type);
        return evaluate(kernel, List.of(value), type, true, "cast to " + type);
    }

    private Datum evaluate(
            ScalarKernel kernel,
            List<Datum> values,
            DataType type,
            boolean repeatable,
            String name) {
        ColumnVector[] constants = new ColumnVector[values.size()];
        ColumnVector[] flat = new ColumnVector[values.size()];
        for (int i = 0; i < constants.length; i++) {
            constants[i] = DatumVector.constant(values.get(i));
            ColumnVector repeated = ColumnVector.create(values.get(i).type(), 6);
            repeated.copyFrom(constants[i], null, 0, 6, 0);
            flat[i] = repeated;
        }
        Datum result = run(kernel, constants, Selection.all(1), type).get(0);
        if (repeatable) {
            List<Datum> all = new ArrayList<>(run(kernel, flat, Selection.all(6), type));
            all.addAll(run(kernel, flat, Selection.of(SPARSE, 3), type));
            all.addAll(run(kernel, constants, Selection.of(SPARSE, 3), type));
            if (flat.length == 2) {
                ColumnVector[] mixed = {constants[0], flat[1]};
                all.addAll(run(kernel, mixed, Selection.of(SPARSE, 3), type));
                all.addAll(run(kernel, mixed, Selection.all(6), type));
                ColumnVector[] turned = {flat[0], constants[1]};
                all.addAll(run(kernel, turned, Selection.of(SPARSE, 3), type));
                all.addAll(run(kernel, turned, Selection.all(6), type));
            }
            for (Datum other : all) {
                assertThat(other).as(name).isEqualTo(result);
            }
        }
        return result;
    }

    private List<Datum> run(
            ScalarKernel kernel, ColumnVector[] arguments, Selection selection, DataType type) {
        ColumnVector out = ColumnVector.create(type, selection.bound());
        kernel.evaluate(arguments, selection, out, context);
        List<Datum> results = new ArrayList<>();
        for (int k = 0; k < selection.count(); k++) {
            results.add(DatumVector.read(out, selection.position(k)));
        }
        return results;
    }
}
