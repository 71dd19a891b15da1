package org.skep.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.skep.rpc.schema.ColumnDescriptor;
import org.skep.rpc.schema.TableSchema;
import org.skep.rpc.schema.TypeDescriptor;

/**
 * Describes the columns of a result. Labels are the service's, such as {@code t.a}; nobody tells to
 * which table a column belongs. Immutable.
 */
final class SkepResultSetMetaData extends JdbcObject implements ResultSetMetaData {
    private final TableSchema schema;

    SkepResultSetMetaData(TableSchema schema) {
        this.schema = schema;
    }

    private ColumnDescriptor column(int index) throws SQLException {
        if (index < 1 || index > schema.size()) {
            throw new SQLException(
                    "Column index must be from 1 to " + schema.size() + ": " + index,
                    SqlState.NO_SUCH_INDEX);
        }
        return schema.column(index - 1);
    }

    private TypeDescriptor type(int index) throws SQLException {
        return column(index).type();
    }

    @Override
    public int getColumnCount() {
        return schema.size();
    }

    @Override
    public String getColumnLabel(int index) throws SQLException {
        return column(index).name();
    }

    @Override
    public String getColumnName(int index) throws SQLException {
        return column(index).name();
    }

    @Override
    public int getColumnType(int index) throws SQLException {
        return JdbcType.number(type(index).id());
    }

    /** Hive's name in lower case without parameters: {@code decimal}, {@code array}. */
    @Override
    public String getColumnTypeName(int index) throws SQLException {
        return type(index).id().lowerCaseName();
    }

    @Override
    public String getColumnClassName(int index) throws SQLException {
        return JdbcType.javaClass(type(index).id()).getName();
    }

    @Override
    public int getPrecision(int index) throws SQLException {
        return JdbcType.precision(type(index));
    }

    @Override
    public int getScale(int index) throws SQLException {
        return JdbcType.scale(type(index));
    }

    @Override
    public int getColumnDisplaySize(int index) throws SQLException {
        return JdbcType.displaySize(type(index));
    }

    @Override
    public boolean isSigned(int index) throws SQLException {
        return JdbcType.isSigned(type(index).id());
    }

    @Override
    public boolean isCaseSensitive(int index) throws SQLException {
        return JdbcType.isCaseSensitive(type(index).id());
    }

    @Override
    public int isNullable(int index) throws SQLException {
        column(index);
        return columnNullable;
    }

    @Override
    public boolean isAutoIncrement(int index) throws SQLException {
        column(index);
        return false;
    }

    @Override
    public boolean isSearchable(int index) throws SQLException {
        column(index);
        return true;
    }

    @Override
    public boolean isCurrency(int index) throws SQLException {
        column(index);
        return false;
    }

    @Override
    public String getSchemaName(int index) throws SQLException {
        column(index);
        return "";
    }

    @Override
    public String getTableName(int index) throws SQLException {
        column(index);
        return "";
    }

    @Override
    public String getCatalogName(int index) throws SQLException {
        column(index);
        return "";
    }

    @Override
    public boolean isReadOnly(int index) throws SQLException {
        column(index);
        return true;
    }

    @Override
    public boolean isWritable(int index) throws SQLException {
        column(index);
        return false;
    }

    @Override
    public boolean isDefinitelyWritable(int index) throws SQLException {
        column(index);
        return false;
    }
}
