package org.skep.rpc.schema;

import java.util.Locale;
import org.skep.rpc.rows.ColumnKind;

/** The types a result column may have, with their numbers on the wire. Immutable. */
public enum TypeId {
    // On the wire: never reuse or renumber.
    BOOLEAN(0, "BOOLEAN", ColumnKind.BOOLEAN),
    TINYINT(1, "TINYINT", ColumnKind.BYTE),
    SMALLINT(2, "SMALLINT", ColumnKind.SHORT),
    INT(3, "INT", ColumnKind.INT),
    BIGINT(4, "BIGINT", ColumnKind.LONG),
    FLOAT(5, "FLOAT", ColumnKind.DOUBLE),
    DOUBLE(6, "DOUBLE", ColumnKind.DOUBLE),
    STRING(7, "STRING", ColumnKind.STRING),
    TIMESTAMP(8, "TIMESTAMP", ColumnKind.STRING),
    BINARY(9, "BINARY", ColumnKind.BINARY),
    ARRAY(10, "ARRAY", ColumnKind.STRING),
    MAP(11, "MAP", ColumnKind.STRING),
    STRUCT(12, "STRUCT", ColumnKind.STRING),
    UNION(13, "UNIONTYPE", ColumnKind.STRING),
    USER_DEFINED(14, "USER_DEFINED", ColumnKind.STRING),
    DECIMAL(15, "DECIMAL", ColumnKind.STRING),
    VOID(16, "VOID", ColumnKind.STRING),
    DATE(17, "DATE", ColumnKind.STRING),
    VARCHAR(18, "VARCHAR", ColumnKind.STRING),
    CHAR(19, "CHAR", ColumnKind.STRING),
    INTERVAL_YEAR_MONTH(20, "INTERVAL_YEAR_MONTH", ColumnKind.STRING),
    INTERVAL_DAY_TIME(21, "INTERVAL_DAY_TIME", ColumnKind.STRING),
    TIMESTAMP_LOCAL_TIME_ZONE(22, "TIMESTAMP WITH LOCAL TIME ZONE", ColumnKind.STRING);

    private static final TypeId[] BY_WIRE_VALUE = values();

    private final int wireValue;
    private final String hiveName;
    private final String lowerCaseName;
    private final ColumnKind columnKind;

    TypeId(int wireValue, String hiveName, ColumnKind columnKind) {
        this.wireValue = wireValue;
        this.hiveName = hiveName;
        this.lowerCaseName = hiveName.toLowerCase(Locale.ROOT);
        this.columnKind = columnKind;
    }

    /** The type with that number on the wire; IllegalArgumentException if there is none. */
    public static TypeId ofWireValue(int wireValue) {
        if (wireValue < 0 || wireValue >= BY_WIRE_VALUE.length) {
            throw new IllegalArgumentException("Type not known: " + wireValue);
        }
        return BY_WIRE_VALUE[wireValue];
    }

    /** The number on the wire. */
    public int wireValue() {
        return wireValue;
    }

    /** Hive's name of the type, upper case, without parameters. */
    public String hiveName() {
        return hiveName;
    }

    /** Hive's name of the type as SQL prints it: lower case, without parameters. */
    public String lowerCaseName() {
        return lowerCaseName;
    }

    /** How its values travel. */
    public ColumnKind columnKind() {
        return columnKind;
    }

    /** Whether values consist of further values, and so travel as JSON. */
    public boolean isNested() {
        return this == ARRAY || this == MAP || this == STRUCT || this == UNION;
    }
}
