package org.skep.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.rpc.ColumnsRequest;
import org.skep.rpc.HiveService;
import org.skep.rpc.HiveServiceException;
import org.skep.rpc.InfoType;
import org.skep.rpc.OperationHandle;
import org.skep.rpc.SessionHandle;
import org.skep.rpc.TableName;
import org.skep.rpc.TablesRequest;
import org.skep.rpc.rows.ColumnBlock;
import org.skep.rpc.rows.IntColumn;
import org.skep.rpc.rows.StringColumn;
import org.skep.rpc.schema.TableSchema;
import org.skep.rpc.schema.TypeId;

/**
 * What a warehouse holds, asked from the service. What Hive has no notion of, such as procedures
 * and indexes, gives results without rows but with the prescribed columns. Thread-safe; each result
 * belongs to one thread.
 */
final class SkepDatabaseMetaData extends DialectMetaData {
    private static final Pattern VERSION = Pattern.compile("(\\d+)(?:\\.(\\d+))?.*");
    private static final int MAX_CLIENT_INFO = 1024;

    // Reserved words that SQL:2003 does not have, for services that do not list them.
    private static final String KEYWORDS =
            "CACHE,CONF,DATABASE,EXCHANGE,EXTENDED,IMPORT,LESS,MACRO,MAP,MINUS,MORE,OFFSET,PERCENT,"
                    + "PRESERVE,QUALIFY,READS,REDUCE,REGEXP,RLIKE,SHOW,STRING,SYNC,TRANSFORM,"
                    + "TRUNCATE,UNIQUEJOIN,VARIANT";

    private final SkepConnection connection;
    private final HiveService service;

    SkepDatabaseMetaData(SkepConnection connection, HiveService service) {
        this.connection = connection;
        this.service = service;
    }

    // ---- who ----

    private String info(InfoType type) throws SQLException {
        try {
            return service.getInfo(connection.session(), type).text();
        } catch (HiveServiceException e) {
            throw ServiceFailure.of(e);
        }
    }

    @Override
    public String getDatabaseProductName() throws SQLException {
        return info(InfoType.DBMS_NAME);
    }

    @Override
    public String getDatabaseProductVersion() throws SQLException {
        return info(InfoType.DBMS_VERSION);
    }

    @Override
    public int getDatabaseMajorVersion() throws SQLException {
        return versionPart(1);
    }

    @Override
    public int getDatabaseMinorVersion() throws SQLException {
        return versionPart(2);
    }

    private int versionPart(int part) throws SQLException {
        Matcher matcher = VERSION.matcher(getDatabaseProductVersion());
        if (!matcher.matches() || matcher.group(part) == null) {
            return 0;
        }
        return Integer.parseInt(matcher.group(part));
    }

    @Override
    public String getDriverName() {
        return SkepDriver.NAME;
    }

    @Override
    public String getDriverVersion() {
        return SkepDriver.MAJOR_VERSION + "." + SkepDriver.MINOR_VERSION;
    }

    @Override
    public int getDriverMajorVersion() {
        return SkepDriver.MAJOR_VERSION;
    }

    @Override
    public int getDriverMinorVersion() {
        return SkepDriver.MINOR_VERSION;
    }

    @Override
    public String getURL() {
        return connection.url().toString();
    }

    @Override
    public String getUserName() {
        return connection.url().user();
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public String getSQLKeywords() throws SQLException {
        try {
            return service.getInfo(connection.session(), InfoType.ODBC_KEYWORDS).text();
        } catch (HiveServiceException e) {
            return KEYWORDS;
        }
    }

    // ---- what the service knows ----

    private interface Call {
        OperationHandle start(SessionHandle session) throws HiveServiceException;
    }

    private ResultSet ask(Call call) throws SQLException {
        OperationHandle operation;
        try {
            operation = call.start(connection.session());
        } catch (HiveServiceException e) {
            throw ServiceFailure.of(e);
        }
        OperationRows rows = new OperationRows(service, operation);
        try {
            TableSchema schema = service.getResultSetMetadata(operation);
            return new SkepResultSet(schema, rows, connection.defaultFetchSize());
        } catch (HiveServiceException e) {
            rows.close();
            throw ServiceFailure.of(e);
        }
    }

    @Override
    public ResultSet getCatalogs() throws SQLException {
        return ask(service::getCatalogs);
    }

    @Override
    public ResultSet getSchemas() throws SQLException {
        return getSchemas(null, null);
    }

    @Override
    public ResultSet getSchemas(String catalog, String schemaPattern) throws SQLException {
        return ask(session -> service.getSchemas(session, catalog, schemaPattern));
    }

    @Override
    public ResultSet getTables(
            String catalog, String schemaPattern, String tablePattern, String[] types)
            throws SQLException {
        List<String> wanted = types == null ? null : Arrays.asList(types);
        TablesRequest request = new TablesRequest(catalog, schemaPattern, tablePattern, wanted);
        return ask(session -> service.getTables(session, request));
    }

    @Override
    public ResultSet getTableTypes() throws SQLException {
        return ask(service::getTableTypes);
    }

    @Override
    public ResultSet getColumns(
            String catalog, String schemaPattern, String tablePattern, String columnPattern)
            throws SQLException {
        ColumnsRequest request =
                new ColumnsRequest(catalog, schemaPattern, tablePattern, columnPattern);
        return ask(session -> service.getColumns(session, request));
    }

    @Override
    public ResultSet getTypeInfo() throws SQLException {
        return ask(service::getTypeInfo);
    }

    @Override
    public ResultSet getFunctions(String catalog, String schemaPattern, String functionPattern)
            throws SQLException {
        return ask(
                session -> service.getFunctions(session, catalog, schemaPattern, functionPattern));
    }

    @Override
    public ResultSet getPrimaryKeys(String catalog, String schema, String table)
            throws SQLException {
        TableName name = new TableName(catalog, schema, table);
        return ask(session -> service.getPrimaryKeys(session, name));
    }

    @Override
    public ResultSet getImportedKeys(String catalog, String schema, String table)
            throws SQLException {
        TableName foreign = new TableName(catalog, schema, table);
        return ask(session -> service.getCrossReference(session, TableName.ANY, foreign));
    }

    @Override
    public ResultSet getExportedKeys(String catalog, String schema, String table)
            throws SQLException {
        TableName parent = new TableName(catalog, schema, table);
        return ask(session -> service.getCrossReference(session, parent, TableName.ANY));
    }

    @Override
    public ResultSet getCrossReference(
            String parentCatalog,
            String parentSchema,
            String parentTable,
            String foreignCatalog,
            String foreignSchema,
            String foreignTable)
            throws SQLException {
        TableName parent = new TableName(parentCatalog, parentSchema, parentTable);
        TableName foreign = new TableName(foreignCatalog, foreignSchema, foreignTable);
        return ask(session -> service.getCrossReference(session, parent, foreign));
    }

    // ---- what there is none of ----

    @Override
    public ResultSet getProcedures(String catalog, String schemaPattern, String namePattern) {
        return none(
                columns()
                        .strings("PROCEDURE_CAT", "PROCEDURE_SCHEM", "PROCEDURE_NAME")
                        .strings("RESERVED1", "RESERVED2", "RESERVED3", "REMARKS")
                        .shorts("PROCEDURE_TYPE")
                        .strings("SPECIFIC_NAME"));
    }

    @Override
    public ResultSet getProcedureColumns(
            String catalog, String schemaPattern, String namePattern, String columnPattern) {
        return none(
                columns()
                        .strings("PROCEDURE_CAT", "PROCEDURE_SCHEM", "PROCEDURE_NAME")
                        .strings("COLUMN_NAME")
                        .shorts("COLUMN_TYPE")
                        .ints("DATA_TYPE")
                        .strings("TYPE_NAME")
                        .ints("PRECISION", "LENGTH")
                        .shorts("SCALE", "RADIX", "NULLABLE")
                        .strings("REMARKS", "COLUMN_DEF")
                        .ints("SQL_DATA_TYPE", "SQL_DATETIME_SUB", "CHAR_OCTET_LENGTH")
                        .ints("ORDINAL_POSITION")
                        .strings("IS_NULLABLE", "SPECIFIC_NAME"));
    }

    @Override
    public ResultSet getFunctionColumns(
            String catalog, String schemaPattern, String functionPattern, String columnPattern) {
        return none(
                columns()
                        .strings("FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME", "COLUMN_NAME")
                        .shorts("COLUMN_TYPE")
                        .ints("DATA_TYPE")
                        .strings("TYPE_NAME")
                        .ints("PRECISION", "LENGTH")
                        .shorts("SCALE", "RADIX", "NULLABLE")
                        .strings("REMARKS")
                        .ints("CHAR_OCTET_LENGTH", "ORDINAL_POSITION")
                        .strings("IS_NULLABLE", "SPECIFIC_NAME"));
    }

    @Override
    public ResultSet getColumnPrivileges(
            String catalog, String schema, String table, String columnPattern) {
        return none(
                columns()
                        .strings("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME")
                        .strings("GRANTOR", "GRANTEE", "PRIVILEGE", "IS_GRANTABLE"));
    }

    @Override
    public ResultSet getTablePrivileges(String catalog, String schemaPattern, String tablePattern) {
        return none(
                columns()
                        .strings("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME")
                        .strings("GRANTOR", "GRANTEE", "PRIVILEGE", "IS_GRANTABLE"));
    }

    @Override
    public ResultSet getBestRowIdentifier(
            String catalog, String schema, String table, int scope, boolean nullable) {
        return none(rowColumns());
    }

    @Override
    public ResultSet getVersionColumns(String catalog, String schema, String table) {
        return none(rowColumns());
    }

    private static Columns rowColumns() {
        return columns()
                .shorts("SCOPE")
                .strings("COLUMN_NAME")
                .ints("DATA_TYPE")
                .strings("TYPE_NAME")
                .ints("COLUMN_SIZE", "BUFFER_LENGTH")
                .shorts("DECIMAL_DIGITS", "PSEUDO_COLUMN");
    }

    @Override
    public ResultSet getIndexInfo(
            String catalog, String schema, String table, boolean unique, boolean approximate) {
        return none(
                columns()
                        .strings("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME")
                        .booleans("NON_UNIQUE")
                        .strings("INDEX_QUALIFIER", "INDEX_NAME")
                        .shorts("TYPE", "ORDINAL_POSITION")
                        .strings("COLUMN_NAME", "ASC_OR_DESC")
                        .longs("CARDINALITY", "PAGES")
                        .strings("FILTER_CONDITION"));
    }

    @Override
    public ResultSet getUDTs(
            String catalog, String schemaPattern, String typePattern, int[] types) {
        return none(
                columns()
                        .strings("TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME", "CLASS_NAME")
                        .ints("DATA_TYPE")
                        .strings("REMARKS")
                        .shorts("BASE_TYPE"));
    }

    @Override
    public ResultSet getSuperTypes(String catalog, String schemaPattern, String typePattern) {
        return none(
                columns()
                        .strings("TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME")
                        .strings("SUPERTYPE_CAT", "SUPERTYPE_SCHEM", "SUPERTYPE_NAME"));
    }

    @Override
    public ResultSet getSuperTables(String catalog, String schemaPattern, String tablePattern) {
        return none(columns().strings("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "SUPERTABLE_NAME"));
    }

    @Override
    public ResultSet getAttributes(
            String catalog, String schemaPattern, String typePattern, String attributePattern) {
        return none(
                columns()
                        .strings("TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME", "ATTR_NAME")
                        .ints("DATA_TYPE")
                        .strings("ATTR_TYPE_NAME")
                        .ints("ATTR_SIZE", "DECIMAL_DIGITS", "NUM_PREC_RADIX", "NULLABLE")
                        .strings("REMARKS", "ATTR_DEF")
                        .ints("SQL_DATA_TYPE", "SQL_DATETIME_SUB", "CHAR_OCTET_LENGTH")
                        .ints("ORDINAL_POSITION")
                        .strings("IS_NULLABLE", "SCOPE_CATALOG", "SCOPE_SCHEMA", "SCOPE_TABLE")
                        .shorts("SOURCE_DATA_TYPE"));
    }

    @Override
    public ResultSet getPseudoColumns(
            String catalog, String schemaPattern, String tablePattern, String columnPattern) {
        return none(
                columns()
                        .strings("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME")
                        .ints("DATA_TYPE", "COLUMN_SIZE", "DECIMAL_DIGITS", "NUM_PREC_RADIX")
                        .strings("COLUMN_USAGE", "REMARKS")
                        .ints("CHAR_OCTET_LENGTH")
                        .strings("IS_NULLABLE"));
    }

    @Override
    public ResultSet getClientInfoProperties() {
        TableSchema schema =
                columns()
                        .strings("NAME")
                        .ints("MAX_LEN")
                        .strings("DEFAULT_VALUE", "DESCRIPTION")
                        .build();
        return rows(
                schema,
                List.of(
                        StringColumn.of("ApplicationName"),
                        IntColumn.of(List.of(MAX_CLIENT_INFO)),
                        StringColumn.of(""),
                        StringColumn.of("Name of the application that uses the connection")));
    }

    private ResultSet none(Columns columns) {
        return rows(columns.build(), List.of());
    }

    private ResultSet rows(TableSchema schema, List<? extends ColumnBlock> blocks) {
        return new SkepResultSet(schema, new FixedRows(blocks), connection.defaultFetchSize());
    }

    private static Columns columns() {
        return new Columns();
    }

    /** A schema written down as briefly as it can be. */
    private static final class Columns {
        private final TableSchema.Builder builder = TableSchema.builder();

        private Columns add(TypeId type, String... names) {
            for (String name : names) {
                builder.add(name, type);
            }
            return this;
        }

        private Columns strings(String... names) {
            return add(TypeId.STRING, names);
        }

        private Columns shorts(String... names) {
            return add(TypeId.SMALLINT, names);
        }

        private Columns ints(String... names) {
            return add(TypeId.INT, names);
        }

        private Columns longs(String... names) {
            return add(TypeId.BIGINT, names);
        }

        private Columns booleans(String... names) {
            return add(TypeId.BOOLEAN, names);
        }

        private TableSchema build() {
            return builder.build();
        }
    }
}
