package org.skep.planner.rel;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.skep.types.CharType;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.StructType;
import org.skep.types.UnionType;
import org.skep.types.VarcharType;

/**
 * Hive's types as Calcite's and back, without loss. All of Calcite's are nullable, so that no rule
 * has reason to insert a cast that only changes nullability. Immutable.
 */
public final class RelTypes {
    private static final String UNION_FIELD = "$alternative";

    private final RelDataTypeFactory factory = new Factory();

    /** The factory of Calcite's types. */
    public RelDataTypeFactory factory() {
        return factory;
    }

    /** The row type of columns with these names and types. */
    public RelDataType row(List<String> names, List<DataType> types) {
        RelDataTypeFactory.Builder row = factory.builder();
        for (int i = 0; i < names.size(); i++) {
            row.add(names.get(i), toRel(types.get(i)));
        }
        return row.build();
    }

    /** Calcite's form of a type. */
    public RelDataType toRel(DataType type) {
        return factory.createTypeWithNullability(notNull(type), true);
    }

    private RelDataType notNull(DataType type) {
        return switch (type.kind()) {
            case VOID -> factory.createSqlType(SqlTypeName.NULL);
            case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
            case TINYINT -> factory.createSqlType(SqlTypeName.TINYINT);
            case SMALLINT -> factory.createSqlType(SqlTypeName.SMALLINT);
            case INT -> factory.createSqlType(SqlTypeName.INTEGER);
            case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
            case FLOAT -> factory.createSqlType(SqlTypeName.REAL);
            case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield factory.createSqlType(
                        SqlTypeName.DECIMAL, decimal.precision(), decimal.scale());
            }
            case STRING -> factory.createSqlType(SqlTypeName.VARCHAR, Integer.MAX_VALUE);
            case VARCHAR ->
                    factory.createSqlType(SqlTypeName.VARCHAR, ((VarcharType) type).length());
            case CHAR -> factory.createSqlType(SqlTypeName.CHAR, ((CharType) type).length());
            case BINARY -> factory.createSqlType(SqlTypeName.VARBINARY, Integer.MAX_VALUE);
            case DATE -> factory.createSqlType(SqlTypeName.DATE);
            case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, 9);
            case TIMESTAMP_LOCAL_TZ ->
                    factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 9);
            case INTERVAL_YEAR_MONTH -> interval(TimeUnit.YEAR, TimeUnit.MONTH);
            case INTERVAL_DAY_TIME -> interval(TimeUnit.DAY, TimeUnit.SECOND);
            case ARRAY -> factory.createArrayType(toRel(((ListType) type).element()), -1);
            case MAP ->
                    factory.createMapType(
                            toRel(((MapType) type).key()), toRel(((MapType) type).value()));
            case STRUCT -> struct((StructType) type);
            case UNION -> union((UnionType) type);
        };
    }

    private RelDataType interval(TimeUnit from, TimeUnit to) {
        return factory.createSqlIntervalType(new SqlIntervalQualifier(from, to, SqlParserPos.ZERO));
    }

    private RelDataType struct(StructType type) {
        RelDataTypeFactory.Builder fields = factory.builder();
        type.fields().forEach(field -> fields.add(field.name(), toRel(field.type())));
        return fields.build();
    }

    private RelDataType union(UnionType type) {
        RelDataTypeFactory.Builder fields = factory.builder();
        for (int i = 0; i < type.alternatives().size(); i++) {
            fields.add(UNION_FIELD + i, toRel(type.alternatives().get(i)));
        }
        return fields.build();
    }

    /** The Hive type that stands behind Calcite's. */
    public static DataType fromRel(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case NULL -> DataType.VOID;
            case BOOLEAN -> DataType.BOOLEAN;
            case TINYINT -> DataType.TINYINT;
            case SMALLINT -> DataType.SMALLINT;
            case INTEGER -> DataType.INT;
            case BIGINT -> DataType.BIGINT;
            case REAL -> DataType.FLOAT;
            case DOUBLE, FLOAT -> DataType.DOUBLE;
            case DECIMAL -> new DecimalType(type.getPrecision(), type.getScale());
            case VARCHAR ->
                    type.getPrecision() < 1 || type.getPrecision() > VarcharType.MAX_LENGTH
                            ? DataType.STRING
                            : new VarcharType(type.getPrecision());
            case CHAR ->
                    type.getPrecision() < 1 || type.getPrecision() > CharType.MAX_LENGTH
                            ? DataType.STRING
                            : new CharType(type.getPrecision());
            case BINARY, VARBINARY -> DataType.BINARY;
            case DATE -> DataType.DATE;
            case TIMESTAMP -> DataType.TIMESTAMP;
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> DataType.TIMESTAMP_LOCAL_TZ;
            case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH -> DataType.INTERVAL_YEAR_MONTH;
            case INTERVAL_DAY, INTERVAL_DAY_SECOND, INTERVAL_SECOND -> DataType.INTERVAL_DAY_TIME;
            case ARRAY -> new ListType(fromRel(type.getComponentType()));
            case MAP -> new MapType(fromRel(type.getKeyType()), fromRel(type.getValueType()));
            case ROW -> fromFields(type.getFieldList());
            default ->
                    throw new IllegalStateException("No Hive type for " + type.getFullTypeString());
        };
    }

    private static DataType fromFields(List<RelDataTypeField> fields) {
        if (!fields.isEmpty() && fields.get(0).getName().startsWith(UNION_FIELD)) {
            return new UnionType(fields.stream().map(field -> fromRel(field.getType())).toList());
        }
        List<StructType.Field> converted = new ArrayList<>();
        fields.forEach(
                field ->
                        converted.add(
                                new StructType.Field(field.getName(), fromRel(field.getType()))));
        return new StructType(converted);
    }

    /** The Hive types of a row's columns. */
    public static List<DataType> columns(RelDataType row) {
        return row.getFieldList().stream().map(field -> fromRel(field.getType())).toList();
    }

    private static final class Factory extends SqlTypeFactoryImpl {
        Factory() {
            super(new HiveTypeSystem());
        }

        @Override
        public Charset getDefaultCharset() {
            return StandardCharsets.UTF_8;
        }
    }
}
