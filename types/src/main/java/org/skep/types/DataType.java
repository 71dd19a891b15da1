package org.skep.types;

/** A SQL data type. Immutable; equality is equality of the type with all its parameters. */
public sealed interface DataType
        permits SimpleType,
                DecimalType,
                CharType,
                VarcharType,
                ListType,
                MapType,
                StructType,
                UnionType {
    DataType VOID = new SimpleType(TypeKind.VOID);
    DataType BOOLEAN = new SimpleType(TypeKind.BOOLEAN);
    DataType TINYINT = new SimpleType(TypeKind.TINYINT);
    DataType SMALLINT = new SimpleType(TypeKind.SMALLINT);
    DataType INT = new SimpleType(TypeKind.INT);
    DataType BIGINT = new SimpleType(TypeKind.BIGINT);
    DataType FLOAT = new SimpleType(TypeKind.FLOAT);
    DataType DOUBLE = new SimpleType(TypeKind.DOUBLE);
    DataType STRING = new SimpleType(TypeKind.STRING);
    DataType BINARY = new SimpleType(TypeKind.BINARY);
    DataType DATE = new SimpleType(TypeKind.DATE);
    DataType TIMESTAMP = new SimpleType(TypeKind.TIMESTAMP);
    DataType TIMESTAMP_LOCAL_TZ = new SimpleType(TypeKind.TIMESTAMP_LOCAL_TZ);
    DataType INTERVAL_YEAR_MONTH = new SimpleType(TypeKind.INTERVAL_YEAR_MONTH);
    DataType INTERVAL_DAY_TIME = new SimpleType(TypeKind.INTERVAL_DAY_TIME);

    /** The kind, without parameters. */
    TypeKind kind();

    /**
     * The name as Hive prints it, in lower case with parameters: {@code decimal(10,2)}, {@code
     * array<int>}.
     */
    String typeName();

    /**
     * Reads a type's name as {@link #typeName} writes it, in any case, with the synonyms of HiveQL.
     *
     * @throws org.skep.base.error.SkepException INVALID_TYPE
     */
    static DataType parse(String name) {
        return new TypeNameParser(name).parse();
    }
}
