package org.skep.types;

import java.util.Locale;

/**
 * The kinds of SQL types. The order is the order in which Hive lists them and carries no meaning.
 */
public enum TypeKind {
    VOID,
    BOOLEAN,
    TINYINT,
    SMALLINT,
    INT,
    BIGINT,
    FLOAT,
    DOUBLE,
    DECIMAL,
    STRING,
    VARCHAR,
    CHAR,
    BINARY,
    DATE,
    TIMESTAMP,
    TIMESTAMP_LOCAL_TZ,
    INTERVAL_YEAR_MONTH,
    INTERVAL_DAY_TIME,
    ARRAY,
    MAP,
    STRUCT,
    UNION;

    /** The name that Hive prints, without parameters. */
    public String typeName() {
        return switch (this) {
            case TIMESTAMP_LOCAL_TZ -> "timestamp with local time zone";
            case UNION -> "uniontype";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    /** TINYINT, SMALLINT, INT or BIGINT. */
    public boolean isInteger() {
        return this == TINYINT || this == SMALLINT || this == INT || this == BIGINT;
    }

    /** An integer, FLOAT, DOUBLE or DECIMAL. */
    public boolean isNumeric() {
        return isInteger() || this == FLOAT || this == DOUBLE || this == DECIMAL;
    }

    /** STRING, VARCHAR or CHAR. */
    public boolean isCharacter() {
        return this == STRING || this == VARCHAR || this == CHAR;
    }

    /** DATE, TIMESTAMP or TIMESTAMP WITH LOCAL TIME ZONE. */
    public boolean isDateTime() {
        return this == DATE || this == TIMESTAMP || this == TIMESTAMP_LOCAL_TZ;
    }

    /** ARRAY, MAP, STRUCT or UNIONTYPE. */
    public boolean isNested() {
        return this == ARRAY || this == MAP || this == STRUCT || this == UNION;
    }
}
