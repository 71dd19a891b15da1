package org.skep.jdbc;

import java.sql.Types;
import org.skep.rpc.schema.TypeDescriptor;
import org.skep.rpc.schema.TypeId;

/** How JDBC describes a Hive type: number, class, digits, width. */
final class JdbcType {
    private static final int FLOAT_DIGITS = 7;
    private static final int DOUBLE_DIGITS = 15;
    private static final int NANOSECOND_DIGITS = 9;
    // -yyyyyyyyy-mm and -ddddddddd hh:mm:ss.nnnnnnnnn
    private static final int YEAR_MONTH_WIDTH = 13;
    private static final int DAY_TIME_WIDTH = 29;
    // yyyy-mm-dd hh:mm:ss.nnnnnnnnn, and room for a zone
    private static final int TIMESTAMP_WIDTH = 29;
    private static final int ZONED_TIMESTAMP_WIDTH = 61;
    // -1.2345678E-38 and -1.2345678901234567E-308, with room
    private static final int FLOAT_WIDTH = 24;
    private static final int DOUBLE_WIDTH = 25;

    private JdbcType() {}

    /** The number in {@link Types}. */
    static int number(TypeId id) {
        switch (id) {
            case BOOLEAN:
                return Types.BOOLEAN;
            case TINYINT:
                return Types.TINYINT;
            case SMALLINT:
                return Types.SMALLINT;
            case INT:
                return Types.INTEGER;
            case BIGINT:
                return Types.BIGINT;
            case FLOAT:
                return Types.FLOAT;
            case DOUBLE:
                return Types.DOUBLE;
            case STRING:
            case VARCHAR:
                return Types.VARCHAR;
            case CHAR:
                return Types.CHAR;
            case TIMESTAMP:
                return Types.TIMESTAMP;
            case TIMESTAMP_LOCAL_TIME_ZONE:
                return Types.TIMESTAMP_WITH_TIMEZONE;
            case DATE:
                return Types.DATE;
            case BINARY:
                return Types.BINARY;
            case DECIMAL:
                return Types.DECIMAL;
            case ARRAY:
                return Types.ARRAY;
            case STRUCT:
                return Types.STRUCT;
            case MAP:
                return Types.JAVA_OBJECT;
            case VOID:
                return Types.NULL;
            case UNION:
            case USER_DEFINED:
            case INTERVAL_YEAR_MONTH:
            case INTERVAL_DAY_TIME:
                return Types.OTHER;
        }
        throw new AssertionError(id);
    }

    /** The class of what getObject returns. */
    static Class<?> javaClass(TypeId id) {
        switch (id) {
            case BOOLEAN:
                return Boolean.class;
            case TINYINT:
                return Byte.class;
            case SMALLINT:
                return Short.class;
            case INT:
                return Integer.class;
            case BIGINT:
                return Long.class;
            case FLOAT:
            case DOUBLE:
                return Double.class;
            case TIMESTAMP:
                return java.sql.Timestamp.class;
            case TIMESTAMP_LOCAL_TIME_ZONE:
                return java.time.OffsetDateTime.class;
            case DATE:
                return java.sql.Date.class;
            case BINARY:
                return byte[].class;
            case DECIMAL:
                return java.math.BigDecimal.class;
            case STRING:
            case VARCHAR:
            case CHAR:
            case ARRAY:
            case STRUCT:
            case MAP:
            case VOID:
            case UNION:
            case USER_DEFINED:
            case INTERVAL_YEAR_MONTH:
            case INTERVAL_DAY_TIME:
                return String.class;
        }
        throw new AssertionError(id);
    }

    /** Digits of a number, characters of a text, characters of the text form of the rest. */
    static int precision(TypeDescriptor type) {
        switch (type.id()) {
            case BOOLEAN:
                return 1;
            case TINYINT:
                return 3;
            case SMALLINT:
                return 5;
            case INT:
                return 10;
            case BIGINT:
                return 19;
            case FLOAT:
                return FLOAT_DIGITS;
            case DOUBLE:
                return DOUBLE_DIGITS;
            case DECIMAL:
                return type.precision();
            case CHAR:
            case VARCHAR:
                return type.length() < 0 ? Integer.MAX_VALUE : type.length();
            case DATE:
                return 10;
            case TIMESTAMP:
                return TIMESTAMP_WIDTH;
            case TIMESTAMP_LOCAL_TIME_ZONE:
                return ZONED_TIMESTAMP_WIDTH;
            case INTERVAL_YEAR_MONTH:
                return YEAR_MONTH_WIDTH;
            case INTERVAL_DAY_TIME:
                return DAY_TIME_WIDTH;
            case VOID:
                return 0;
            case STRING:
            case BINARY:
            case ARRAY:
            case MAP:
            case STRUCT:
            case UNION:
            case USER_DEFINED:
                return Integer.MAX_VALUE;
        }
        throw new AssertionError(type);
    }

    /** Digits after the point. */
    static int scale(TypeDescriptor type) {
        switch (type.id()) {
            case FLOAT:
                return FLOAT_DIGITS;
            case DOUBLE:
                return DOUBLE_DIGITS;
            case DECIMAL:
                return type.scale();
            case TIMESTAMP:
            case TIMESTAMP_LOCAL_TIME_ZONE:
            case INTERVAL_DAY_TIME:
                return NANOSECOND_DIGITS;
            default:
                return 0;
        }
    }

    /** The most characters that a value's text takes. */
    static int displaySize(TypeDescriptor type) {
        switch (type.id()) {
            case BOOLEAN:
                return 5;
            case TINYINT:
            case SMALLINT:
            case INT:
            case BIGINT:
                return precision(type) + 1;
            case DECIMAL:
                // A sign, a point and perhaps a zero before it.
                return precision(type) + 3;
            case FLOAT:
                return FLOAT_WIDTH;
            case DOUBLE:
                return DOUBLE_WIDTH;
            case VOID:
                return 4;
            default:
                return precision(type);
        }
    }

    /** Whether values have a sign. */
    static boolean isSigned(TypeId id) {
        switch (id) {
            case TINYINT:
            case SMALLINT:
            case INT:
            case BIGINT:
            case FLOAT:
            case DOUBLE:
            case DECIMAL:
                return true;
            default:
                return false;
        }
    }

    /** Whether values are compared with regard to case. */
    static boolean isCaseSensitive(TypeId id) {
        switch (id) {
            case STRING:
            case CHAR:
            case VARCHAR:
            case ARRAY:
            case MAP:
            case STRUCT:
            case UNION:
                return true;
            default:
                return false;
        }
    }
}
