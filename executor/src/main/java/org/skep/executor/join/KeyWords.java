package org.skep.executor.join;

import org.skep.executor.vector.SamePositions;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** Keys whose values are one {@code long} each. Stateless. */
final class KeyWords {
    private KeyWords() {}

    /** Whether values of the type always are one word. */
    static boolean fit(DataType type) {
        return switch (type.kind()) {
            case TINYINT, SMALLINT, INT, BIGINT, DATE, INTERVAL_YEAR_MONTH -> true;
            case DECIMAL -> ((DecimalType) type).fitsLong();
            default -> false;
        };
    }

    /** The words of a flat vector. */
    static long[] of(ColumnVector flat) {
        return flat instanceof DecimalVector decimals
                ? decimals.low()
                : ((LongVector) flat).values();
    }

    /** A flat form of a vector. */
    static ColumnVector decoded(ColumnVector vector, Selection selection) {
        return vector instanceof DictionaryVector || vector instanceof ConstantVector
                ? SamePositions.flatten(
                        vector, selection, ColumnVector.create(vector.type(), selection.bound()))
                : vector;
    }
}
