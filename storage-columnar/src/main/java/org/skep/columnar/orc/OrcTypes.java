package org.skep.columnar.orc;

import java.util.List;
import org.apache.orc.TypeDescription;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.types.CharType;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.StructType;
import org.skep.types.UnionType;
import org.skep.types.VarcharType;

/** Our types as ORC's. Stateless. */
final class OrcTypes {
    private OrcTypes() {}

    /**
     * The type of ORC that holds all values of a type.
     *
     * @throws SkepException NOT_SUPPORTED for a type that ORC does not have
     */
    static TypeDescription of(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> TypeDescription.createBoolean();
            case TINYINT -> TypeDescription.createByte();
            case SMALLINT -> TypeDescription.createShort();
            case INT -> TypeDescription.createInt();
            case BIGINT -> TypeDescription.createLong();
            case FLOAT -> TypeDescription.createFloat();
            case DOUBLE -> TypeDescription.createDouble();
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                // Not in one call each: a scale is checked against the precision at that time.
                yield TypeDescription.createDecimal()
                        .withScale(0)
                        .withPrecision(decimal.precision())
                        .withScale(decimal.scale());
            }
            case STRING -> TypeDescription.createString();
            case VARCHAR ->
                    TypeDescription.createVarchar().withMaxLength(((VarcharType) type).length());
            case CHAR -> TypeDescription.createChar().withMaxLength(((CharType) type).length());
            case BINARY -> TypeDescription.createBinary();
            case DATE -> TypeDescription.createDate();
            case TIMESTAMP -> TypeDescription.createTimestamp();
            case TIMESTAMP_LOCAL_TZ -> TypeDescription.createTimestampInstant();
            case ARRAY -> TypeDescription.createList(of(((ListType) type).element()));
            case MAP -> {
                MapType map = (MapType) type;
                yield TypeDescription.createMap(of(map.key()), of(map.value()));
            }
            case STRUCT -> {
                TypeDescription struct = TypeDescription.createStruct();
                for (StructType.Field field : ((StructType) type).fields()) {
                    struct.addField(field.name(), of(field.type()));
                }
                yield struct;
            }
            case UNION -> {
                TypeDescription union = TypeDescription.createUnion();
                for (DataType alternative : ((UnionType) type).alternatives()) {
                    union.addUnionChild(of(alternative));
                }
                yield union;
            }
            case VOID, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME ->
                    throw new SkepException(
                            ErrorCode.NOT_SUPPORTED,
                            "ORC files cannot hold values of type " + type.typeName());
        };
    }

    /**
     * The type as which the library is to read values of the file's type that are wanted as {@code
     * wanted}. It casts all but points of time, which need the session's zone: those are read as
     * they are.
     */
    static TypeDescription readAs(TypeDescription file, DataType wanted) {
        TypeDescription.Category category = file.getCategory();
        List<TypeDescription> children = file.getChildren();
        switch (wanted.kind()) {
            case TIMESTAMP -> {
                if (category == TypeDescription.Category.TIMESTAMP_INSTANT) {
                    return TypeDescription.createTimestampInstant();
                }
            }
            case TIMESTAMP_LOCAL_TZ -> {
                if (category == TypeDescription.Category.TIMESTAMP) {
                    return TypeDescription.createTimestamp();
                }
            }
            case ARRAY -> {
                if (category == TypeDescription.Category.LIST) {
                    return TypeDescription.createList(
                            readAs(children.get(0), ((ListType) wanted).element()));
                }
            }
            case MAP -> {
                if (category == TypeDescription.Category.MAP) {
                    MapType map = (MapType) wanted;
                    return TypeDescription.createMap(
                            readAs(children.get(0), map.key()),
                            readAs(children.get(1), map.value()));
                }
            }
            case STRUCT -> {
                if (category == TypeDescription.Category.STRUCT) {
                    return readStructAs(file, (StructType) wanted);
                }
            }
            case UNION -> {
                List<DataType> alternatives = ((UnionType) wanted).alternatives();
                if (category == TypeDescription.Category.UNION
                        && children.size() == alternatives.size()) {
                    TypeDescription union = TypeDescription.createUnion();
                    for (int i = 0; i < alternatives.size(); i++) {
                        union.addUnionChild(readAs(children.get(i), alternatives.get(i)));
                    }
                    return union;
                }
            }
            default -> {
                // the library casts
            }
        }
        return of(wanted);
    }

    private static TypeDescription readStructAs(TypeDescription file, StructType wanted) {
        TypeDescription struct = TypeDescription.createStruct();
        for (StructType.Field field : wanted.fields()) {
            int index = indexOf(file.getFieldNames(), field.name());
            struct.addField(
                    field.name(),
                    index < 0
                            ? of(field.type())
                            : readAs(file.getChildren().get(index), field.type()));
        }
        return struct;
    }

    /** Where a name is among others, in any case; -1 if it is not. */
    static int indexOf(List<String> names, String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
