package org.skep.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skep.rpc.schema.TableSchema;
import org.skep.rpc.schema.TypeDescriptor;
import org.skep.rpc.schema.TypeId;

class MetaDataTest {
    private FakeWarehouse warehouse;
    private DatabaseMetaData metaData;

    @BeforeEach
    void open() throws SQLException {
        warehouse = new FakeWarehouse("jdbc:skep:/x;user=ann;password=p");
        metaData = warehouse.connection().getMetaData();
    }

    @AfterEach
    void close() throws SQLException {
        warehouse.close();
    }

    @Test
    void answersEveryMethod() throws Exception {
        int answered = 0;
        for (Method method : DatabaseMetaData.class.getMethods()) {
            if (method.getDeclaringClass() != DatabaseMetaData.class) {
                continue;
            }
            Object[] arguments = new Object[method.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                Class<?> type = method.getParameterTypes()[i];
                arguments[i] = type == int.class ? 0 : type == boolean.class ? false : null;
            }
            Object answer;
            try {
                answer = method.invoke(metaData, arguments);
            } catch (InvocationTargetException e) {
                throw new AssertionError(method.toString(), e.getCause());
            }
            assertThat(answer).as(method.toString()).isNotNull();
            if (answer instanceof ResultSet) {
                ResultSet rows = (ResultSet) answer;
                assertThat(rows.getMetaData().getColumnCount()).isPositive();
                while (rows.next()) {
                    assertThat(rows.getString(1)).isNotNull();
                }
                rows.close();
            }
            answered++;
        }
        assertThat(answered).isGreaterThan(170);
        assertThat(warehouse.service().openOperations()).isZero();
    }

    @Test
    void namesProductDriverAndUser() throws SQLException {
        assertThat(metaData.getDatabaseProductName()).isEqualTo("Fake Hive");
        assertThat(metaData.getDatabaseProductVersion()).isEqualTo("4.7.1-test");
        assertThat(metaData.getDatabaseMajorVersion()).isEqualTo(4);
        assertThat(metaData.getDatabaseMinorVersion()).isEqualTo(7);
        assertThat(metaData.getDriverName()).isEqualTo("Skep JDBC");
        assertThat(metaData.getDriverVersion()).isEqualTo("0.1");
        assertThat(metaData.getURL()).isEqualTo("jdbc:skep:/x;user=ann;");
        assertThat(metaData.getUserName()).isEqualTo("ann");
        assertThat(metaData.getIdentifierQuoteString()).isEqualTo("`");
        assertThat(metaData.getSearchStringEscape()).isEqualTo("\\");
        assertThat(metaData.getSQLKeywords()).contains("QUALIFY");
    }

    @Test
    void asksTheServiceWithTheCallersPatterns() throws SQLException {
        List<ResultSet> results = new ArrayList<>();
        results.add(metaData.getSchemas("c", "s%"));
        results.add(metaData.getTables("c", "s", "t_", new String[] {"TABLE", "VIEW"}));
        results.add(metaData.getTables(null, null, "%", null));
        results.add(metaData.getColumns(null, "s", "t", "%"));
        results.add(metaData.getFunctions(null, null, "con%"));
        results.add(metaData.getPrimaryKeys(null, "s", "t"));
        results.add(metaData.getImportedKeys(null, "s", "t"));
        results.add(metaData.getExportedKeys(null, "s", "t"));
        results.add(metaData.getCrossReference(null, "s", "p", null, "s", "f"));
        assertThat(warehouse.service().metadataCalls())
                .containsExactly(
                        "schemas c s%",
                        "tables c s t_ [TABLE, VIEW]",
                        "tables null null % []",
                        "columns null s t %",
                        "functions con%",
                        "primary keys null.s.t",
                        "keys null.s.t to null.null.null",
                        "keys null.null.null to null.s.t",
                        "keys null.s.f to null.s.p");
        assertThat(warehouse.service().openOperations()).isEqualTo(9);
        for (ResultSet rows : results) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getStatement()).isNull();
            rows.close();
        }
        assertThat(warehouse.service().openOperations()).isZero();
    }

    @Test
    void whatThereIsNoneOfHasThePrescribedColumns() throws SQLException {
        try (ResultSet rows = metaData.getIndexInfo(null, null, "t", false, false)) {
            assertThat(rows.getMetaData().getColumnCount()).isEqualTo(13);
            assertThat(rows.findColumn("NON_UNIQUE")).isEqualTo(4);
            assertThat(rows.next()).isFalse();
        }
        try (ResultSet rows = metaData.getClientInfoProperties()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("NAME")).isEqualTo("ApplicationName");
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void describesColumns() throws SQLException {
        TableSchema schema =
                TableSchema.builder()
                        .add("t.a", TypeId.INT)
                        .add("t.d", TypeDescriptor.decimal(10, 2))
                        .add("c", TypeDescriptor.character(3))
                        .add("v", TypeDescriptor.varchar(30))
                        .add("s", TypeId.STRING)
                        .add("ts", TypeId.TIMESTAMP)
                        .add("m", TypeDescriptor.nested(TypeId.MAP, "map<string,int>"))
                        .add("tz", TypeId.TIMESTAMP_LOCAL_TIME_ZONE)
                        .build();
        ResultSetMetaData columns = warehouse.query(Reply.result(schema)).getMetaData();
        assertThat(columns.getColumnCount()).isEqualTo(8);
        assertColumn(columns, 1, "int", Types.INTEGER, 10, 0, 11);
        assertColumn(columns, 2, "decimal", Types.DECIMAL, 10, 2, 13);
        assertColumn(columns, 3, "char", Types.CHAR, 3, 0, 3);
        assertColumn(columns, 4, "varchar", Types.VARCHAR, 30, 0, 30);
        int any = Integer.MAX_VALUE;
        assertColumn(columns, 5, "string", Types.VARCHAR, any, 0, any);
        assertColumn(columns, 6, "timestamp", Types.TIMESTAMP, 29, 9, 29);
        assertColumn(columns, 7, "map", Types.JAVA_OBJECT, any, 0, any);
        assertThat(columns.getColumnTypeName(8)).isEqualTo("timestamp with local time zone");
        assertThat(columns.getColumnLabel(1)).isEqualTo("t.a");
        assertThat(columns.getColumnName(1)).isEqualTo("t.a");
        assertThat(columns.isSigned(1)).isTrue();
        assertThat(columns.isSigned(5)).isFalse();
        assertThat(columns.isCaseSensitive(5)).isTrue();
        assertThat(columns.isCaseSensitive(1)).isFalse();
        assertThat(columns.isNullable(1)).isEqualTo(ResultSetMetaData.columnNullable);
        assertThat(columns.isReadOnly(1)).isTrue();
        assertThat(columns.getTableName(1)).isEmpty();
        assertThatThrownBy(() -> columns.getColumnName(9))
                .hasMessage("Column index must be from 1 to 8: 9");
        assertThatThrownBy(() -> columns.isWritable(0)).isInstanceOf(SQLException.class);
    }

    private static void assertColumn(
            ResultSetMetaData columns,
            int index,
            String typeName,
            int type,
            int precision,
            int scale,
            int displaySize)
            throws SQLException {
        assertThat(columns.getColumnTypeName(index)).isEqualTo(typeName);
        assertThat(columns.getColumnType(index)).isEqualTo(type);
        assertThat(columns.getPrecision(index)).isEqualTo(precision);
        assertThat(columns.getScale(index)).isEqualTo(scale);
        assertThat(columns.getColumnDisplaySize(index)).isEqualTo(displaySize);
    }

    @Test
    void everyTypeIsDescribed() throws SQLException {
        TableSchema.Builder schema = TableSchema.builder();
        for (TypeId type : TypeId.values()) {
            schema.add(type.name(), type);
        }
        ResultSetMetaData columns = warehouse.query(Reply.result(schema.build())).getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            assertThat(columns.getColumnTypeName(i)).isLowerCase();
            assertThat(columns.getColumnClassName(i)).isNotEmpty();
            assertThat(columns.getColumnDisplaySize(i)).isPositive();
            assertThat(columns.getPrecision(i)).isNotNegative();
            assertThat(columns.getScale(i)).isNotNegative();
            assertThat(columns.getColumnType(i)).isNotEqualTo(Integer.MIN_VALUE);
        }
    }
}
