package org.skep.server.metadata;

import java.sql.Types;
import java.util.List;
import org.skep.rpc.schema.TypeId;
import org.skep.types.TypeKind;

/**
 * What JDBC wants to know of a type. Immutable.
 *
 * @param jdbcType of {@link Types}
 * @param precision digits of a number, else null
 * @param columnSize of a column without qualifiers, null for none
 * @param decimalDigits digits after the point, null for none
 */
record TypeFact(
        TypeKind kind,
        TypeId typeId,
        int jdbcType,
        Integer precision,
        Integer columnSize,
        Integer decimalDigits) {
    private static final int LONGEST = Integer.MAX_VALUE;

    // In the order in which Hive lists its types.
    private static final List<TypeFact> ALL =
            List.of(
                    fact(TypeKind.VOID, TypeId.VOID, Types.NULL, null, null),
                    fact(TypeKind.BOOLEAN, TypeId.BOOLEAN, Types.BOOLEAN, null, 0),
                    number(TypeKind.TINYINT, TypeId.TINYINT, Types.TINYINT, 3, 0),
                    number(TypeKind.SMALLINT, TypeId.SMALLINT, Types.SMALLINT, 5, 0),
                    number(TypeKind.INT, TypeId.INT, Types.INTEGER, 10, 0),
                    number(TypeKind.BIGINT, TypeId.BIGINT, Types.BIGINT, 19, 0),
                    number(TypeKind.FLOAT, TypeId.FLOAT, Types.FLOAT, 7, 7),
                    number(TypeKind.DOUBLE, TypeId.DOUBLE, Types.DOUBLE, 15, 15),
                    fact(TypeKind.STRING, TypeId.STRING, Types.VARCHAR, LONGEST, null),
                    fact(TypeKind.CHAR, TypeId.CHAR, Types.CHAR, 255, null),
                    fact(TypeKind.VARCHAR, TypeId.VARCHAR, Types.VARCHAR, 65_535, null),
                    fact(TypeKind.DATE, TypeId.DATE, Types.DATE, 10, null),
                    fact(TypeKind.TIMESTAMP, TypeId.TIMESTAMP, Types.TIMESTAMP, 29, 9),
                    fact(
                            TypeKind.TIMESTAMP_LOCAL_TZ,
                            TypeId.TIMESTAMP_LOCAL_TIME_ZONE,
                            Types.OTHER,
                            31,
                            9),
                    fact(
                            TypeKind.INTERVAL_YEAR_MONTH,
                            TypeId.INTERVAL_YEAR_MONTH,
                            Types.OTHER,
                            11,
                            null),
                    fact(
                            TypeKind.INTERVAL_DAY_TIME,
                            TypeId.INTERVAL_DAY_TIME,
                            Types.OTHER,
                            29,
                            null),
                    fact(TypeKind.BINARY, TypeId.BINARY, Types.BINARY, LONGEST, null),
                    number(TypeKind.DECIMAL, TypeId.DECIMAL, Types.DECIMAL, 38, 0),
                    fact(TypeKind.ARRAY, TypeId.ARRAY, Types.ARRAY, LONGEST, null),
                    fact(TypeKind.MAP, TypeId.MAP, Types.JAVA_OBJECT, LONGEST, null),
                    fact(TypeKind.STRUCT, TypeId.STRUCT, Types.STRUCT, null, null),
                    fact(TypeKind.UNION, TypeId.UNION, Types.OTHER, null, null));

    static List<TypeFact> all() {
        return ALL;
    }

    static TypeFact of(TypeKind kind) {
        for (TypeFact fact : ALL) {
            if (fact.kind == kind) {
                return fact;
            }
        }
        throw new IllegalStateException("Type is not listed: " + kind);
    }

    /** The base of precision and scale, null for types that are no numbers. */
    Integer radix() {
        return kind.isNumeric() ? Integer.valueOf(10) : null;
    }

    private static TypeFact number(
            TypeKind kind, TypeId typeId, int jdbcType, int precision, int digits) {
        return new TypeFact(kind, typeId, jdbcType, precision, precision, digits);
    }

    private static TypeFact fact(
            TypeKind kind, TypeId typeId, int jdbcType, Integer size, Integer digits) {
        return new TypeFact(kind, typeId, jdbcType, null, size, digits);
    }
}
