package org.skep.functions.call;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.ScalarFunction;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.Selection;

/** Runs a scalar function over columns of values as the caller of kernels does. */
public final class ScalarRun {
    private final ScalarFunction function;
    private final Binding binding;
    private final Random random;

    /** Runs a function of a list. */
    public ScalarRun(
            List<ScalarFunction> functions, String name, Random random, DataType... types) {
        function =
                functions.stream()
                        .filter(f -> f.name().equals(name) || f.aliases().contains(name))
                        .findFirst()
                        .orElseThrow();
        binding = function.bind(List.of(types).stream().map(Argument::of).toList());
        this.random = random;
    }

    /** The bound return type. */
    public DataType returnType() {
        return binding.returnType();
    }

    /**
     * The results for all rows, computed with some rows left out at first and done in a second
     * batch by the same kernel; a column of one value is passed as a constant.
     */
    public List<Object> results(List<List<Object>> columns, int rows) {
        var kernel = function.kernel(binding.argumentTypes(), binding.returnType());
        ColumnVector[] arguments = new ColumnVector[columns.size()];
        for (int i = 0; i < arguments.length; i++) {
            ColumnVector flat = RandomData.vector(binding.argumentTypes().get(i), columns.get(i));
            arguments[i] = columns.get(i).size() == 1 && rows > 1 ? new ConstantVector(flat) : flat;
        }
        boolean[] first = new boolean[rows];
        boolean[] missing = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            first[row] = random.nextBoolean();
            for (ColumnVector argument : arguments) {
                missing[row] |= function.nullInNullOut() && argument.isNull(row);
            }
        }
        List<Object> results = new ArrayList<>(Collections.nCopies(rows, null));
        Selection known = Selection.all(rows).where(missing, false);
        for (boolean part : new boolean[] {true, false}) {
            Selection selection = known.where(first, part);
            ColumnVector out = ColumnVector.create(binding.returnType(), selection.bound());
            kernel.evaluate(arguments, selection, out, new PlainContext());
            List<Object> values = RandomData.values(out, selection.bound());
            for (int k = 0; k < selection.count(); k++) {
                results.set(selection.position(k), values.get(selection.position(k)));
            }
        }
        return results;
    }
}
