package org.skep.columnar.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.storage.TableLayout;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.StructType;

/**
 * The schema of a new file, in the types that Hive writes, and the writers of its columns. Confined
 * to one thread.
 *
 * <p>Decimals are fixed byte strings as short as their precision allows, since old Hives read no
 * others; timestamps have 96 bits. Lists and maps have the three levels of today's format.
 */
final class WriteSchema {
    private final List<SchemaElement> elements = new ArrayList<>();
    private final List<ChunkWriter> leaves = new ArrayList<>();
    private final List<ColumnShredder> columns = new ArrayList<>();
    private final WriteOptions options;
    private final Compressor compressor;

    WriteSchema(TableLayout layout, WriteOptions options, Compressor compressor) {
        this.options = options;
        this.compressor = compressor;
        SchemaElement root = new SchemaElement("hive_schema");
        root.setNum_children(layout.columns().size());
        elements.add(root);
        for (TableLayout.Column column : layout.columns()) {
            columns.add(
                    field(
                            column.name(),
                            column.type(),
                            FieldRepetitionType.OPTIONAL,
                            new Place(List.of(), 0, 0)));
        }
    }

    /** What is around a field. */
    private record Place(List<String> path, int definition, int repetition) {
        Place inside(String name, boolean optional, boolean repeated) {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            return new Place(
                    List.copyOf(longer),
                    definition + (optional || repeated ? 1 : 0),
                    repetition + (repeated ? 1 : 0));
        }
    }

    List<SchemaElement> elements() {
        return elements;
    }

    /** The chunk writers, in the order of the schema's leaves. */
    List<ChunkWriter> leaves() {
        return leaves;
    }

    /** The writers of the columns, in the order of the layout. */
    List<ColumnShredder> columns() {
        return columns;
    }

    private ColumnShredder field(
            String name, DataType type, FieldRepetitionType repetition, Place outside) {
        boolean optional = repetition == FieldRepetitionType.OPTIONAL;
        Place place = outside.inside(name, optional, false);
        SchemaElement element = new SchemaElement(name);
        element.setRepetition_type(repetition);
        elements.add(element);
        if (type instanceof ListType list) {
            element.setConverted_type(ConvertedType.LIST);
            element.setLogicalType(LogicalType.LIST(new org.apache.parquet.format.ListType()));
            element.setNum_children(1);
            Place inside = repeated("list", 1, place);
            ColumnShredder item =
                    field("element", list.element(), FieldRepetitionType.OPTIONAL, inside);
            return ColumnShredder.list(item, place.definition(), inside.repetition());
        }
        if (type instanceof MapType map) {
            element.setConverted_type(ConvertedType.MAP);
            element.setLogicalType(LogicalType.MAP(new org.apache.parquet.format.MapType()));
            element.setNum_children(1);
            Place inside = repeated("key_value", 2, place);
            ColumnShredder key = field("key", map.key(), FieldRepetitionType.REQUIRED, inside);
            ColumnShredder value =
                    field("value", map.value(), FieldRepetitionType.OPTIONAL, inside);
            return ColumnShredder.map(key, value, place.definition(), inside.repetition());
        }
        if (type instanceof StructType struct) {
            element.setNum_children(struct.fields().size());
            List<ColumnShredder> fields = new ArrayList<>();
            for (StructType.Field field : struct.fields()) {
                fields.add(field(field.name(), field.type(), FieldRepetitionType.OPTIONAL, place));
            }
            return ColumnShredder.struct(fields, place.definition(), optional);
        }
        ValueLane lane = leaf(element, type);
        ChunkWriter writer =
                new ChunkWriter(
                        place.path(),
                        element.getType(),
                        place.definition(),
                        place.repetition(),
                        lane,
                        options,
                        compressor);
        leaves.add(writer);
        return ColumnShredder.leaf(writer, type, optional);
    }

    private Place repeated(String name, int children, Place outside) {
        SchemaElement element = new SchemaElement(name);
        element.setRepetition_type(FieldRepetitionType.REPEATED);
        element.setNum_children(children);
        elements.add(element);
        return outside.inside(name, false, true);
    }

    private static ValueLane leaf(SchemaElement element, DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> {
                element.setType(Type.BOOLEAN);
                yield new BooleanLane();
            }
            case TINYINT -> integer(element, ConvertedType.INT_8, 8);
            case SMALLINT -> integer(element, ConvertedType.INT_16, 16);
            case INT -> {
                element.setType(Type.INT32);
                yield new LongLane(LongLane.Shape.INT32, 4);
            }
            case BIGINT -> {
                element.setType(Type.INT64);
                yield new LongLane(LongLane.Shape.INT64, 8);
            }
            case FLOAT -> {
                element.setType(Type.FLOAT);
                yield new LongLane(LongLane.Shape.FLOAT, 4);
            }
            case DOUBLE -> {
                element.setType(Type.DOUBLE);
                yield new LongLane(LongLane.Shape.DOUBLE, 8);
            }
            case DECIMAL -> decimal(element, (DecimalType) type);
            case STRING, VARCHAR, CHAR -> {
                element.setType(Type.BYTE_ARRAY);
                element.setConverted_type(ConvertedType.UTF8);
                element.setLogicalType(LogicalType.STRING(new StringType()));
                yield BytesLane.strings();
            }
            case BINARY -> {
                element.setType(Type.BYTE_ARRAY);
                yield BytesLane.strings();
            }
            case DATE -> {
                element.setType(Type.INT32);
                element.setConverted_type(ConvertedType.DATE);
                element.setLogicalType(LogicalType.DATE(new DateType()));
                yield new LongLane(LongLane.Shape.INT32, 4);
            }
            case TIMESTAMP -> {
                element.setType(Type.INT96);
                yield BytesLane.timestamps();
            }
            case TIMESTAMP_LOCAL_TZ -> {
                element.setType(Type.INT64);
                element.setConverted_type(ConvertedType.TIMESTAMP_MICROS);
                element.setLogicalType(
                        LogicalType.TIMESTAMP(
                                new TimestampType(true, TimeUnit.MICROS(new MicroSeconds()))));
                yield new LongLane(LongLane.Shape.INT64, 8);
            }
            case VOID, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, ARRAY, MAP, STRUCT, UNION ->
                    throw new SkepException(
                            ErrorCode.NOT_SUPPORTED,
                            "Cannot write column %s: Parquet has no type %s"
                                    .formatted(element.getName(), type.typeName()));
        };
    }

    private static ValueLane integer(SchemaElement element, ConvertedType converted, int bits) {
        element.setType(Type.INT32);
        element.setConverted_type(converted);
        element.setLogicalType(LogicalType.INTEGER(new IntType((byte) bits, true)));
        return new LongLane(LongLane.Shape.INT32, 4);
    }

    private static ValueLane decimal(SchemaElement element, DecimalType type) {
        int width = bytes(type.precision());
        element.setType(Type.FIXED_LEN_BYTE_ARRAY);
        element.setType_length(width);
        element.setConverted_type(ConvertedType.DECIMAL);
        element.setPrecision(type.precision());
        element.setScale(type.scale());
        element.setLogicalType(
                LogicalType.DECIMAL(
                        new org.apache.parquet.format.DecimalType(type.scale(), type.precision())));
        return type.fitsLong()
                ? new LongLane(LongLane.Shape.FIXED, width)
                : BytesLane.decimals(width);
    }

    /** The fewest bytes in which every number of that many digits fits with its sign. */
    private static int bytes(int precision) {
        int bits = java.math.BigInteger.TEN.pow(precision).bitLength() + 1;
        return (bits + 7) / 8;
    }
}
