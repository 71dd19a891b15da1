package org.skep.sqltests.corpus;

import java.util.List;
import java.util.stream.Collectors;
import org.skep.types.DataType;

/** The letters by which corpus files name the types of columns. Stateless. */
final class TypeLetters {
    private TypeLetters() {}

    static String of(List<DataType> types) {
        return types.stream().map(TypeLetters::letter).collect(Collectors.joining());
    }

    private static String letter(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "B";
            case TINYINT, SMALLINT, INT, BIGINT -> "I";
            case FLOAT, DOUBLE -> "R";
            case DECIMAL -> "N";
            case STRING, CHAR, VARCHAR -> "T";
            case BINARY -> "X";
            case DATE -> "D";
            case TIMESTAMP -> "S";
            case TIMESTAMP_LOCAL_TZ -> "Z";
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> "P";
            case ARRAY, MAP, STRUCT, UNION -> "C";
            case VOID -> "V";
        };
    }
}
