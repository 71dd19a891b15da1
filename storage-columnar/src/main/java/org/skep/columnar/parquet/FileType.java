package org.skep.columnar.parquet;

import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.Type;
import org.skep.types.DataType;
import org.skep.types.DecimalType;

/**
 * What the values of a leaf mean: the SQL type that holds all of them exactly, and how they come to
 * it. Immutable.
 *
 * @param unsigned whether integers are to be read without sign
 * @param unit how many of the file's units are a second, for timestamps in 64 bits, else 0
 * @param instant whether timestamps are instants rather than local times
 * @param width bytes of a value of fixed length, else 0
 */
record FileType(
        Type physical,
        DataType natural,
        boolean unsigned,
        long unit,
        boolean instant,
        boolean characters,
        int width) {

    /** What a leaf of the schema says. */
    static FileType of(SchemaNode leaf, ReadPlace place) {
        SchemaElement element = leaf.element();
        Type physical = element.getType();
        DataType decimal = decimal(element, place);
        return switch (physical) {
            case BOOLEAN -> plain(physical, DataType.BOOLEAN);
            case FLOAT -> plain(physical, DataType.FLOAT);
            case DOUBLE -> plain(physical, DataType.DOUBLE);
            case INT32 -> decimal != null ? plain(physical, decimal) : int32(element);
            case INT64 -> decimal != null ? plain(physical, decimal) : int64(element);
            case INT96 -> new FileType(physical, DataType.TIMESTAMP, false, 0, false, false, 12);
            case BYTE_ARRAY -> decimal != null ? plain(physical, decimal) : bytes(element);
            case FIXED_LEN_BYTE_ARRAY -> fixed(element, decimal, place);
        };
    }

    private static FileType plain(Type physical, DataType natural) {
        return new FileType(physical, natural, false, 0, false, false, 0);
    }

    private static FileType fixed(SchemaElement element, DataType decimal, ReadPlace place) {
        int width = element.getType_length();
        if (width <= 0) {
            throw place.corrupt(0, "values of a fixed length of %d bytes".formatted(width));
        }
        DataType natural = decimal != null ? decimal : DataType.BINARY;
        if (element.isSetLogicalType() && element.getLogicalType().isSetFLOAT16() && width == 2) {
            natural = DataType.FLOAT;
        }
        return new FileType(Type.FIXED_LEN_BYTE_ARRAY, natural, false, 0, false, false, width);
    }

    private static DataType decimal(SchemaElement element, ReadPlace place) {
        int precision;
        int scale;
        if (element.isSetLogicalType() && element.getLogicalType().isSetDECIMAL()) {
            precision = element.getLogicalType().getDECIMAL().getPrecision();
            scale = element.getLogicalType().getDECIMAL().getScale();
        } else if (element.getConverted_type() == ConvertedType.DECIMAL) {
            precision = element.getPrecision();
            scale = element.getScale();
        } else {
            return null;
        }
        if (precision < 1
                || precision > DecimalType.MAX_PRECISION
                || scale < 0
                || scale > precision) {
            throw place.unsupported("type decimal(%d,%d)".formatted(precision, scale));
        }
        return new DecimalType(precision, scale);
    }

    private static FileType int32(SchemaElement element) {
        int bits = 32;
        boolean signed = true;
        LogicalType logical = element.getLogicalType();
        if (logical != null && logical.isSetINTEGER()) {
            IntType type = logical.getINTEGER();
            bits = type.getBitWidth();
            signed = type.isIsSigned();
        } else if (element.isSetConverted_type()) {
            switch (element.getConverted_type()) {
                case DATE -> {
                    return plain(Type.INT32, DataType.DATE);
                }
                case INT_8 -> bits = 8;
                case INT_16 -> bits = 16;
                case UINT_8, UINT_16, UINT_32 -> {
                    signed = false;
                    bits =
                            switch (element.getConverted_type()) {
                                case UINT_8 -> 8;
                                case UINT_16 -> 16;
                                default -> 32;
                            };
                }
                default -> bits = 32;
            }
        }
        if (logical != null && logical.isSetDATE()) {
            return plain(Type.INT32, DataType.DATE);
        }
        DataType natural;
        if (signed) {
            natural = bits == 8 ? DataType.TINYINT : bits == 16 ? DataType.SMALLINT : DataType.INT;
        } else {
            natural = bits == 8 ? DataType.SMALLINT : bits == 16 ? DataType.INT : DataType.BIGINT;
        }
        return new FileType(Type.INT32, natural, !signed, 0, false, false, 0);
    }

    private static FileType int64(SchemaElement element) {
        LogicalType logical = element.getLogicalType();
        if (logical != null && logical.isSetTIMESTAMP()) {
            TimeUnit unit = logical.getTIMESTAMP().getUnit();
            long perSecond =
                    unit.isSetMILLIS() ? 1_000 : unit.isSetMICROS() ? 1_000_000 : 1_000_000_000;
            return timestamp(perSecond, logical.getTIMESTAMP().isIsAdjustedToUTC());
        }
        if (element.getConverted_type() == ConvertedType.TIMESTAMP_MILLIS) {
            return timestamp(1_000, true);
        }
        if (element.getConverted_type() == ConvertedType.TIMESTAMP_MICROS) {
            return timestamp(1_000_000, true);
        }
        boolean unsigned =
                element.getConverted_type() == ConvertedType.UINT_64
                        || (logical != null
                                && logical.isSetINTEGER()
                                && !logical.getINTEGER().isIsSigned());
        return new FileType(Type.INT64, DataType.BIGINT, unsigned, 0, false, false, 0);
    }

    private static FileType timestamp(long unit, boolean instant) {
        DataType natural = instant ? DataType.TIMESTAMP_LOCAL_TZ : DataType.TIMESTAMP;
        return new FileType(Type.INT64, natural, false, unit, instant, false, 0);
    }

    private static FileType bytes(SchemaElement element) {
        boolean characters = false;
        if (element.isSetConverted_type()) {
            characters =
                    switch (element.getConverted_type()) {
                        case UTF8, ENUM, JSON -> true;
                        default -> false;
                    };
        }
        LogicalType logical = element.getLogicalType();
        if (logical != null) {
            characters |= logical.isSetSTRING() || logical.isSetENUM() || logical.isSetJSON();
        }
        return new FileType(
                Type.BYTE_ARRAY,
                characters ? DataType.STRING : DataType.BINARY,
                false,
                0,
                false,
                characters,
                0);
    }

    /** What a user would call it, for errors. */
    String describe() {
        return physical + " holding " + natural.typeName();
    }
}
