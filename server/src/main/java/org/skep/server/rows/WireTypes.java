package org.skep.server.rows;

import org.skep.rpc.schema.TypeDescriptor;
import org.skep.rpc.schema.TypeId;
import org.skep.types.CharType;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
import org.skep.types.VarcharType;

/** How SQL types are named to clients. Stateless. */
public final class WireTypes {
    private WireTypes() {}

    /** The type with its qualifiers, as clients see it. */
    public static TypeDescriptor describe(DataType type) {
        TypeId id = idOf(type);
        if (type instanceof DecimalType decimal) {
            return TypeDescriptor.decimal(decimal.precision(), decimal.scale());
        }
        if (type instanceof CharType character) {
            return TypeDescriptor.character(character.length());
        }
        if (type instanceof VarcharType varchar) {
            return TypeDescriptor.varchar(varchar.length());
        }
        return id.isNested() ? TypeDescriptor.nested(id, type.typeName()) : TypeDescriptor.of(id);
    }

    /** The type without its qualifiers. */
    public static TypeId idOf(DataType type) {
        return switch (type.kind()) {
            case VOID -> TypeId.VOID;
            case BOOLEAN -> TypeId.BOOLEAN;
            case TINYINT -> TypeId.TINYINT;
            case SMALLINT -> TypeId.SMALLINT;
            case INT -> TypeId.INT;
            case BIGINT -> TypeId.BIGINT;
            case FLOAT -> TypeId.FLOAT;
            case DOUBLE -> TypeId.DOUBLE;
            case DECIMAL -> TypeId.DECIMAL;
            case STRING -> TypeId.STRING;
            case VARCHAR -> TypeId.VARCHAR;
            case CHAR -> TypeId.CHAR;
            case BINARY -> TypeId.BINARY;
            case DATE -> TypeId.DATE;
            case TIMESTAMP -> TypeId.TIMESTAMP;
            case TIMESTAMP_LOCAL_TZ -> TypeId.TIMESTAMP_LOCAL_TIME_ZONE;
            case INTERVAL_YEAR_MONTH -> TypeId.INTERVAL_YEAR_MONTH;
            case INTERVAL_DAY_TIME -> TypeId.INTERVAL_DAY_TIME;
            case ARRAY -> TypeId.ARRAY;
            case MAP -> TypeId.MAP;
            case STRUCT -> TypeId.STRUCT;
            case UNION -> TypeId.UNION;
        };
    }
}
