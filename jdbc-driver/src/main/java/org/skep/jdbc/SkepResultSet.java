package org.skep.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.skep.rpc.rows.ColumnBlock;
import org.skep.rpc.rows.RowSet;
import org.skep.rpc.schema.ColumnDescriptor;
import org.skep.rpc.schema.TableSchema;

/**
 * Rows of a source, block by block, forward only. Confined to one thread at a time, but for {@link
 * #close}.
 */
final class SkepResultSet extends ReadOnlyResultSet {
    /** Told when the result set is closed. */
    interface CloseListener {
        void resultClosed() throws SQLException;
    }

    private static final CloseListener NOBODY = () -> {};

    private final Statement statement;
    private final CloseListener listener;
    private final TableSchema schema;
    private final ColumnReader[] readers;
    private final RowSource source;
    private final long maxRows;
    private Map<String, Integer> indexes;
    private int fetchSize;

    private int blockRows;
    private int row = -1;
    private long rowNumber;
    private boolean afterLast;
    private boolean wasNull;
    private volatile boolean closed;

    /**
     * Rows of a statement.
     *
     * @param maxRows at most so many are shown; 0 for all
     */
    SkepResultSet(
            Statement statement,
            CloseListener listener,
            TableSchema schema,
            RowSource source,
            long maxRows,
            int fetchSize) {
        this.statement = statement;
        this.listener = listener;
        this.schema = schema;
        this.source = source;
        this.maxRows = maxRows;
        this.fetchSize = fetchSize;
        this.readers =
                schema.columns().stream().map(ColumnReader::new).toArray(ColumnReader[]::new);
    }

    /** Rows that belong to no statement. */
    SkepResultSet(TableSchema schema, RowSource source, int fetchSize) {
        this(null, NOBODY, schema, source, 0, fetchSize);
    }

    @Override
    public boolean next() throws SQLException {
        checkOpen();
        if (afterLast) {
            return false;
        }
        row++;
        if ((maxRows > 0 && rowNumber >= maxRows) || (row >= blockRows && !fetch())) {
            afterLast = true;
            blockRows = 0;
            return false;
        }
        rowNumber++;
        return true;
    }

    private boolean fetch() throws SQLException {
        long wanted = maxRows > 0 ? Math.min(fetchSize, maxRows - rowNumber) : fetchSize;
        RowSet rows = source.next((int) wanted);
        List<ColumnBlock> columns = rows.columns();
        if (!rows.isEmpty() && columns.size() != readers.length) {
            throw new SQLException(
                    "Rows must have " + readers.length + " columns: " + columns.size(),
                    SqlState.GENERAL_ERROR);
        }
        for (int i = 0; i < columns.size(); i++) {
            readers[i].read(columns.get(i));
        }
        blockRows = rows.rowCount();
        row = 0;
        return blockRows > 0;
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            source.close();
        } finally {
            listener.resultClosed();
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    private void checkOpen() throws SQLException {
        if (closed) {
            throw new SQLException("Result set is closed", SqlState.CURSOR_STATE);
        }
    }

    // The reader of a column if the current row has a value in it, else null.
    private ColumnReader value(int index) throws SQLException {
        checkOpen();
        if (row < 0 || row >= blockRows) {
            throw new SQLException(
                    afterLast
                            ? "Result set has no more rows"
                            : "Result set is before its first row",
                    SqlState.CURSOR_STATE);
        }
        if (index < 1 || index > readers.length) {
            throw new SQLException(
                    "Column index must be from 1 to " + readers.length + ": " + index,
                    SqlState.NO_SUCH_INDEX);
        }
        ColumnReader reader = readers[index - 1];
        wasNull = reader.isNull(row);
        return wasNull ? null : reader;
    }

    @Override
    public boolean wasNull() throws SQLException {
        checkOpen();
        return wasNull;
    }

    /** By label, whatever its case; {@code a} also finds {@code t.a}. The first one counts. */
    @Override
    public int findColumn(String label) throws SQLException {
        checkOpen();
        if (indexes == null) {
            indexes = indexColumns();
        }
        Integer index = label == null ? null : indexes.get(label.toLowerCase(Locale.ROOT));
        if (index == null) {
            throw new SQLException("Column not found: " + label, SqlState.NO_SUCH_COLUMN);
        }
        return index;
    }

    private Map<String, Integer> indexColumns() {
        Map<String, Integer> found = new HashMap<>();
        int index = 1;
        for (ColumnDescriptor column : schema.columns()) {
            found.putIfAbsent(column.name().toLowerCase(Locale.ROOT), index++);
        }
        index = 1;
        for (ColumnDescriptor column : schema.columns()) {
            String label = column.name().toLowerCase(Locale.ROOT);
            found.putIfAbsent(label.substring(label.lastIndexOf('.') + 1), index++);
        }
        return found;
    }

    @Override
    public String getString(int index) throws SQLException {
        ColumnReader reader = value(index);
        return reader == null ? null : reader.text(row);
    }

    @Override
    public String getNString(int index) throws SQLException {
        return getString(index);
    }

    @Override
    public boolean getBoolean(int index) throws SQLException {
        ColumnReader reader = value(index);
        return reader != null && reader.toBoolean(row);
    }

    @Override
    public byte getByte(int index) throws SQLException {
        return (byte) integer(index, Byte.MIN_VALUE, Byte.MAX_VALUE, "tinyint");
    }

    @Override
    public short getShort(int index) throws SQLException {
        return (short) integer(index, Short.MIN_VALUE, Short.MAX_VALUE, "smallint");
    }

    @Override
    public int getInt(int index) throws SQLException {
        return (int) integer(index, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
    }

    @Override
    public long getLong(int index) throws SQLException {
        return integer(index, Long.MIN_VALUE, Long.MAX_VALUE, "bigint");
    }

    private long integer(int index, long min, long max, String target) throws SQLException {
        ColumnReader reader = value(index);
        return reader == null ? 0 : reader.toInteger(row, min, max, target);
    }

    @Override
    public float getFloat(int index) throws SQLException {
        ColumnReader reader = value(index);
        return reader == null ? 0 : (float) reader.toDouble(row, "float");
    }

    @Override
    public double getDouble(int index) throws SQLException {
        ColumnReader reader = value(index);
        return reader == null ? 0 : reader.toDouble(row, "double");
    }

    @Override
    public BigDecimal getBigDecimal(int index) throws SQLException {
        ColumnReader reader = value(index);
        return reader == null ? null : reader.toDecimal(row);
    }

    @Deprecated
    @Override
    public BigDecimal getBigDecimal(int index, int scale) throws SQLException {
        BigDecimal value = getBigDecimal(index);
        return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
    }

    @Override
    public byte[] getBytes(int index) throws SQLException {
        ColumnReader reader = value(index);
        return reader == null ? null : reader.toBytes(row);
    }

    @Override
    public Date getDate(int index) throws SQLException {
        ColumnReader reader = value(index);
        return reader == null ? null : reader.toDate(row);
    }

    @Override
    public Date getDate(int index, Calendar calendar) throws SQLException {
        ColumnReader reader = value(index);
        if (reader == null || calendar == null) {
            return reader == null ? null : reader.toDate(row);
        }
        LocalDate date = reader.toLocalDate(row);
        return new Date(date.atStartOfDay(zone(calendar)).toInstant().toEpochMilli());
    }

    @Override
    public Time getTime(int index) throws SQLException {
        ColumnReader reader = value(index);
        return reader == null ? null : reader.toTime(row);
    }

    @Override
    public Time getTime(int index, Calendar calendar) throws SQLException {
        ColumnReader reader = value(index);
        if (reader == null || calendar == null) {
            return reader == null ? null : reader.toTime(row);
        }
        LocalTime time = reader.toLocalTime(row);
        return new Time(
                time.atDate(LocalDate.EPOCH).atZone(zone(calendar)).toInstant().toEpochMilli());
    }

    @Override
    public Timestamp getTimestamp(int index) throws SQLException {
        ColumnReader reader = value(index);
        return reader == null ? null : reader.toTimestamp(row);
    }

    @Override
    public Timestamp getTimestamp(int index, Calendar calendar) throws SQLException {
        ColumnReader reader = value(index);
        if (reader == null || calendar == null) {
            return reader == null ? null : reader.toTimestamp(row);
        }
        return reader.toTimestamp(row, zone(calendar));
    }

    private static ZoneId zone(Calendar calendar) {
        return calendar.getTimeZone().toZoneId();
    }

    @Override
    public Object getObject(int index) throws SQLException {
        ColumnReader reader = value(index);
        return reader == null ? null : reader.toObject(row);
    }

    @Override
    public Object getObject(int index, Map<String, Class<?>> map) throws SQLException {
        if (map != null && !map.isEmpty()) {
            throw Unsupported.feature("Mapping of SQL types to classes");
        }
        return getObject(index);
    }

    @Override
    public <T> T getObject(int index, Class<T> type) throws SQLException {
        if (type == null) {
            throw new SQLException("Class must not be null", SqlState.INVALID_ARGUMENT);
        }
        ColumnReader reader = value(index);
        return reader == null ? null : type.cast(reader.toObject(row, type));
    }

    @Override
    public InputStream getBinaryStream(int index) throws SQLException {
        byte[] bytes = getBytes(index);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    @Override
    public InputStream getAsciiStream(int index) throws SQLException {
        String text = getString(index);
        return text == null ? null : new ByteArrayInputStream(text.getBytes(US_ASCII));
    }

    @Deprecated
    @Override
    public InputStream getUnicodeStream(int index) throws SQLException {
        String text = getString(index);
        return text == null ? null : new ByteArrayInputStream(text.getBytes(UTF_16BE));
    }

    @Override
    public Reader getCharacterStream(int index) throws SQLException {
        String text = getString(index);
        return text == null ? null : new StringReader(text);
    }

    @Override
    public Reader getNCharacterStream(int index) throws SQLException {
        return getCharacterStream(index);
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return new SkepResultSetMetaData(schema);
    }

    @Override
    public Statement getStatement() throws SQLException {
        checkOpen();
        return statement;
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
        checkOpen();
        // An empty result has no "before the first row", which only a look ahead can tell.
        if (rowNumber > 0 || afterLast) {
            return false;
        }
        if (blockRows == 0) {
            if (!fetch()) {
                afterLast = true;
                return false;
            }
            row = -1;
        }
        return true;
    }

    @Override
    public boolean isFirst() throws SQLException {
        checkOpen();
        return rowNumber == 1 && !afterLast;
    }

    @Override
    public boolean isAfterLast() throws SQLException {
        checkOpen();
        return afterLast && rowNumber > 0;
    }

    @Override
    public int getRow() throws SQLException {
        checkOpen();
        return afterLast ? 0 : (int) rowNumber;
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        checkOpen();
        if (direction != ResultSet.FETCH_FORWARD) {
            throw Unsupported.feature("Fetching in another direction than forward");
        }
    }

    @Override
    public int getFetchDirection() throws SQLException {
        checkOpen();
        return ResultSet.FETCH_FORWARD;
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        checkOpen();
        if (rows < 0) {
            throw new SQLException(
                    "Fetch size must not be negative: " + rows, SqlState.INVALID_ARGUMENT);
        }
        if (rows > 0) {
            fetchSize = rows;
        }
    }

    @Override
    public int getFetchSize() throws SQLException {
        checkOpen();
        return fetchSize;
    }

    @Override
    public int getType() throws SQLException {
        checkOpen();
        return ResultSet.TYPE_FORWARD_ONLY;
    }

    @Override
    public int getConcurrency() throws SQLException {
        checkOpen();
        return ResultSet.CONCUR_READ_ONLY;
    }

    @Override
    public int getHoldability() throws SQLException {
        checkOpen();
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public boolean rowUpdated() throws SQLException {
        checkOpen();
        return false;
    }

    @Override
    public boolean rowInserted() throws SQLException {
        checkOpen();
        return false;
    }

    @Override
    public boolean rowDeleted() throws SQLException {
        checkOpen();
        return false;
    }

    /** Always none: warnings of a query are the statement's. */
    @Override
    public SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return null;
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
    }
}
