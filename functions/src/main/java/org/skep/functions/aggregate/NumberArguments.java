package org.skep.functions.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binder;
import org.skep.functions.api.Binding;
import org.skep.functions.call.Signature;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;

/**
 * Arguments of statistics: numbers, read as doubles, and timestamps, which count as seconds since
 * 1970 as if they were UTC and keep their fraction. No state.
 */
final class NumberArguments {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long MICROS_PER_SECOND = 1_000_000L;

    private NumberArguments() {}

    /** Types {@code count} arguments that are numbers or timestamps, not texts. */
    static Binder numbers(String name, int count, DataType returned) {
        return arguments -> {
            Signature.checkCount(name, arguments, count, count);
            List<DataType> types = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                types.add(number(name, i, arguments.get(i)));
            }
            return new Binding(types, returned);
        };
    }

    /** Types an argument that is a number, a timestamp or a text that holds a number. */
    static Binder numberOrText(String name, DataType returned) {
        return arguments -> {
            Signature.checkCount(name, arguments, 1, 1);
            Argument argument = arguments.get(0);
            DataType type =
                    argument.type().kind().isCharacter()
                            ? DataType.DOUBLE
                            : number(name, 0, argument);
            return new Binding(List.of(type), returned);
        };
    }

    /** The type to which a number is cast, a timestamp's own. */
    static DataType number(String name, int index, Argument argument) {
        DataType type = argument.type();
        if (type.kind() == TypeKind.TIMESTAMP) {
            return type;
        }
        if (!type.kind().isNumeric()) {
            throw Signature.wrongType(name, index, type, "a number or timestamp");
        }
        return Signature.convert(name, index, type, DataType.DOUBLE);
    }

    /** The seconds of a timestamp. */
    static double seconds(LongVector times, int row) {
        long micros = times.values()[row];
        double nanos = Math.floorMod(micros, MICROS_PER_SECOND) * 1000.0 + times.nanosAt(row);
        return Math.floorDiv(micros, MICROS_PER_SECOND) + nanos / NANOS_PER_SECOND;
    }

    /** The numbers of rows that have values, at their positions. */
    static double[] doubles(ValueRows rows) {
        if (!(rows.values() instanceof LongVector times)) {
            return ((DoubleVector) rows.values()).values();
        }
        double[] values = new double[times.capacity()];
        for (int k = 0; k < rows.count(); k++) {
            int row = rows.positions() == null ? k : rows.positions()[k];
            values[row] = seconds(times, row);
        }
        return values;
    }

    /** A flat or constant argument of numbers or timestamps as one of doubles. */
    static ColumnVector doubles(ColumnVector argument) {
        if (argument instanceof ConstantVector constant) {
            return constant.value() instanceof LongVector times
                    ? new ConstantVector(seconds(times))
                    : argument;
        }
        return argument instanceof LongVector times ? seconds(times) : argument;
    }

    private static DoubleVector seconds(LongVector times) {
        double[] values = new double[times.capacity()];
        for (int i = 0; i < values.length; i++) {
            values[i] = seconds(times, i);
        }
        DoubleVector doubles = new DoubleVector(DataType.DOUBLE, values);
        doubles.setNulls(times.nulls());
        return doubles;
    }
}
