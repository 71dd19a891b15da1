package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.List;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.cast.Casts;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DatumVector;
import org.skep.types.vector.Selection;

/**
 * Computes calls of constants through the very kernels that would compute them for rows. Confined
 * to one thread.
 */
public final class ConstantFolder {
    private final EvalContext context;

    /** Folds with the statement's zone, instant and settings. */
    public ConstantFolder(EvalContext context) {
        this.context = context;
    }

    /** The value of a call. */
    public Datum call(ScalarFunction function, List<Datum> arguments, DataType type) {
        List<DataType> types = arguments.stream().map(Datum::type).toList();
        if (function.nullInNullOut() && arguments.stream().anyMatch(Datum::isNull)) {
            return Datum.nullOf(type);
        }
        return evaluate(function.kernel(types, type), arguments, type);
    }

    /** The value of a cast. */
    public Datum cast(Datum value, DataType type) {
        if (value.isNull()) {
            return Datum.nullOf(type);
        }
        return evaluate(Casts.kernel(value.type(), type), List.of(value), type);
    }

    private Datum evaluate(ScalarKernel kernel, List<Datum> arguments, DataType type) {
        List<ColumnVector> vectors = new ArrayList<>();
        for (Datum argument : arguments) {
            ConstantVector constant = DatumVector.constant(argument);
            vectors.add(constant);
        }
        ColumnVector out = ColumnVector.create(type, 1);
        kernel.evaluate(vectors.toArray(new ColumnVector[0]), Selection.all(1), out, context);
        return DatumVector.read(out, 0);
    }

    /** Whether a value of this type can stand in a plan as a constant. */
    static boolean canHold(DataType type) {
        return !type.typeName().contains("uniontype");
    }
}
