package org.skep.server.metadata;

import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.skep.engine.metadata.CatalogueMetadata;
import org.skep.engine.metadata.ColumnInfo;
import org.skep.engine.metadata.FunctionInfo;
import org.skep.engine.metadata.TableInfo;
import org.skep.rpc.ColumnsRequest;
import org.skep.rpc.TablesRequest;
import org.skep.rpc.schema.TableSchema;
import org.skep.rpc.schema.TypeDescriptor;
import org.skep.rpc.schema.TypeId;
import org.skep.server.rows.WireTypes;
import org.skep.types.TypeKind;

/**
 * Lays what the catalogue says out as JDBC's metadata tables. There is one catalogue without a
 * name: a call that names another one gets no rows. Safe for use by many threads.
 */
public final class MetadataTables {
    private static final String NO_CATALOGUE = "";

    private final CatalogueMetadata catalogue;

    /** Tables over a catalogue. */
    public MetadataTables(CatalogueMetadata catalogue) {
        this.catalogue = catalogue;
    }

    /** No rows: there is nothing above databases. */
    public static MetadataTable catalogs() {
        return new MetadataTable(
                TableSchema.builder().add("TABLE_CAT", TypeId.STRING).build(), List.of());
    }

    /** Databases. */
    public MetadataTable schemas(String catalog, String pattern) {
        List<Object[]> rows = new ArrayList<>();
        if (isOurs(catalog)) {
            for (String database : catalogue.databases(pattern)) {
                rows.add(new Object[] {database, NO_CATALOGUE});
            }
        }
        return new MetadataTable(strings("TABLE_SCHEM", "TABLE_CATALOG").build(), rows);
    }

    /** The kinds of tables, as clients name them. */
    public static MetadataTable tableTypes() {
        return new MetadataTable(
                strings("TABLE_TYPE").build(),
                List.of(
                        new Object[] {"MATERIALIZED_VIEW"},
                        new Object[] {"TABLE"},
                        new Object[] {"VIEW"}));
    }

    /** Tables and views. */
    public MetadataTable tables(TablesRequest request) {
        List<Object[]> rows = new ArrayList<>();
        if (isOurs(request.catalog())) {
            List<TableInfo> found =
                    catalogue.tables(
                            request.schemaPattern(),
                            request.tablePattern(),
                            storedTypes(request.tableTypes()));
            for (TableInfo table : found) {
                rows.add(
                        new Object[] {
                            NO_CATALOGUE,
                            table.database(),
                            table.name(),
                            clientType(table.type()),
                            orNull(table.comment()),
                            null,
                            null,
                            null,
                            null,
                            null
                        });
            }
        }
        return new MetadataTable(
                strings("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE", "REMARKS")
                        .add("TYPE_CAT", TypeId.STRING)
                        .add("TYPE_SCHEM", TypeId.STRING)
                        .add("TYPE_NAME", TypeId.STRING)
                        .add("SELF_REFERENCING_COL_NAME", TypeId.STRING)
                        .add("REF_GENERATION", TypeId.STRING)
                        .build(),
                rows);
    }

    // Clients say TABLE and VIEW as JDBC does, or Hive's own words; a word that nobody knows
    // matches no table.
    private static Set<String> storedTypes(List<String> clientTypes) {
        Set<String> stored = new HashSet<>();
        for (String type : clientTypes) {
            switch (type) {
                case "TABLE" -> stored.addAll(List.of("MANAGED_TABLE", "EXTERNAL_TABLE"));
                case "VIEW" -> stored.add("VIRTUAL_VIEW");
                default -> stored.add(type);
            }
        }
        return stored;
    }

    private static String clientType(String storedType) {
        return storedType.equals("VIRTUAL_VIEW") ? "VIEW" : "TABLE";
    }

    /** Columns of tables and views. */
    public MetadataTable columns(ColumnsRequest request) {
        List<Object[]> rows = new ArrayList<>();
        if (isOurs(request.catalog())) {
            for (ColumnInfo column :
                    catalogue.columns(
                            request.schemaPattern(),
                            request.tablePattern(),
                            request.columnPattern())) {
                rows.add(columnRow(column));
            }
        }
        TableSchema schema =
                strings("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME")
                        .add("DATA_TYPE", TypeId.INT)
                        .add("TYPE_NAME", TypeId.STRING)
                        .add("COLUMN_SIZE", TypeId.INT)
                        .add("BUFFER_LENGTH", TypeId.INT)
                        .add("DECIMAL_DIGITS", TypeId.INT)
                        .add("NUM_PREC_RADIX", TypeId.INT)
                        .add("NULLABLE", TypeId.INT)
                        .add("REMARKS", TypeId.STRING)
                        .add("COLUMN_DEF", TypeId.STRING)
                        .add("SQL_DATA_TYPE", TypeId.INT)
                        .add("SQL_DATETIME_SUB", TypeId.INT)
                        .add("CHAR_OCTET_LENGTH", TypeId.INT)
                        .add("ORDINAL_POSITION", TypeId.INT)
                        .add("IS_NULLABLE", TypeId.STRING)
                        .add("SCOPE_CATALOG", TypeId.STRING)
                        .add("SCOPE_SCHEMA", TypeId.STRING)
                        .add("SCOPE_TABLE", TypeId.STRING)
                        .add("SOURCE_DATA_TYPE", TypeId.SMALLINT)
                        .add("IS_AUTOINCREMENT", TypeId.STRING)
                        .add("IS_GENERATEDCOLUMN", TypeId.STRING)
                        .build();
        return new MetadataTable(schema, rows);
    }

    private static Object[] columnRow(ColumnInfo column) {
        TypeDescriptor type = WireTypes.describe(column.type());
        TypeFact fact = TypeFact.of(column.type().kind());
        Integer size = size(type, fact);
        boolean characters = column.type().kind().isCharacter();
        return new Object[] {
            NO_CATALOGUE,
            column.database(),
            column.table(),
            column.name(),
            fact.jdbcType(),
            type.id().isNested() ? type.text() : type.id().hiveName(),
            size,
            null,
            type.scale() >= 0 ? Integer.valueOf(type.scale()) : fact.decimalDigits(),
            fact.radix(),
            DatabaseMetaData.columnNullable,
            orNull(column.comment()),
            null,
            null,
            null,
            characters ? size : null,
            column.position(),
            "YES",
            null,
            null,
            null,
            null,
            "NO",
            "NO"
        };
    }

    private static Integer size(TypeDescriptor type, TypeFact fact) {
        if (type.precision() >= 0) {
            return type.precision();
        }
        return type.length() >= 0 ? Integer.valueOf(type.length()) : fact.columnSize();
    }

    /** The types of the dialect. */
    public static MetadataTable types() {
        List<Object[]> rows = new ArrayList<>();
        for (TypeFact fact : TypeFact.all()) {
            TypeKind kind = fact.kind();
            rows.add(
                    new Object[] {
                        fact.typeId().hiveName(),
                        fact.jdbcType(),
                        fact.precision(),
                        null,
                        null,
                        null,
                        DatabaseMetaData.typeNullable,
                        kind == TypeKind.STRING,
                        kind.isNested()
                                ? DatabaseMetaData.typePredNone
                                : DatabaseMetaData.typeSearchable,
                        !kind.isNumeric(),
                        false,
                        false,
                        null,
                        0,
                        0,
                        null,
                        null,
                        fact.radix()
                    });
        }
        TableSchema schema =
                strings("TYPE_NAME")
                        .add("DATA_TYPE", TypeId.INT)
                        .add("PRECISION", TypeId.INT)
                        .add("LITERAL_PREFIX", TypeId.STRING)
                        .add("LITERAL_SUFFIX", TypeId.STRING)
                        .add("CREATE_PARAMS", TypeId.STRING)
                        .add("NULLABLE", TypeId.SMALLINT)
                        .add("CASE_SENSITIVE", TypeId.BOOLEAN)
                        .add("SEARCHABLE", TypeId.SMALLINT)
                        .add("UNSIGNED_ATTRIBUTE", TypeId.BOOLEAN)
                        .add("FIXED_PREC_SCALE", TypeId.BOOLEAN)
                        .add("AUTO_INCREMENT", TypeId.BOOLEAN)
                        .add("LOCAL_TYPE_NAME", TypeId.STRING)
                        .add("MINIMUM_SCALE", TypeId.SMALLINT)
                        .add("MAXIMUM_SCALE", TypeId.SMALLINT)
                        .add("SQL_DATA_TYPE", TypeId.INT)
                        .add("SQL_DATETIME_SUB", TypeId.INT)
                        .add("NUM_PREC_RADIX", TypeId.INT)
                        .build();
        return new MetadataTable(schema, rows);
    }

    /** Functions; all belong to no database. */
    public MetadataTable functions(String catalog, String pattern) {
        List<Object[]> rows = new ArrayList<>();
        if (isOurs(catalog)) {
            for (FunctionInfo function : catalogue.functions(pattern)) {
                rows.add(
                        new Object[] {
                            null,
                            null,
                            function.name(),
                            function.description(),
                            DatabaseMetaData.functionNoTable,
                            function.name()
                        });
            }
        }
        TableSchema schema =
                strings("FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME", "REMARKS")
                        .add("FUNCTION_TYPE", TypeId.INT)
                        .add("SPECIFIC_NAME", TypeId.STRING)
                        .build();
        return new MetadataTable(schema, rows);
    }

    /** No rows: tables have no keys. */
    public static MetadataTable primaryKeys() {
        TableSchema schema =
                strings("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME")
                        .add("KEY_SEQ", TypeId.INT)
                        .add("PK_NAME", TypeId.STRING)
                        .build();
        return new MetadataTable(schema, List.of());
    }

    /** No rows: tables have no keys. */
    public static MetadataTable crossReference() {
        TableSchema schema =
                strings("PKTABLE_CAT", "PKTABLE_SCHEM", "PKTABLE_NAME", "PKCOLUMN_NAME")
                        .add("FKTABLE_CAT", TypeId.STRING)
                        .add("FKTABLE_SCHEM", TypeId.STRING)
                        .add("FKTABLE_NAME", TypeId.STRING)
                        .add("FKCOLUMN_NAME", TypeId.STRING)
                        .add("KEY_SEQ", TypeId.INT)
                        .add("UPDATE_RULE", TypeId.INT)
                        .add("DELETE_RULE", TypeId.INT)
                        .add("FK_NAME", TypeId.STRING)
                        .add("PK_NAME", TypeId.STRING)
                        .add("DEFERRABILITY", TypeId.INT)
                        .build();
        return new MetadataTable(schema, List.of());
    }

    private static boolean isOurs(String catalog) {
        return catalog == null || catalog.isEmpty() || catalog.equals("%");
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static TableSchema.Builder strings(String... names) {
        TableSchema.Builder builder = TableSchema.builder();
        for (String name : names) {
            builder.add(name, TypeId.STRING);
        }
        return builder;
    }
}
