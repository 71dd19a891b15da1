package org.skep.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Calendar;
import org.skep.rpc.HiveService;

/**
 * A statement with parameters, which the driver writes into the text as literals: the protocol has
 * none. Threads as in {@link BasicStatement}.
 */
final class BasicPreparedStatement extends BasicStatement implements PreparedStatement {
    // The most that is read from a stream of unknown length.
    private static final int MAX_STREAM = Integer.MAX_VALUE - 16;

    private final SqlTemplate template;
    private final String[] literals;

    BasicPreparedStatement(SkepConnection connection, HiveService service, String sql) {
        super(connection, service);
        this.template = SqlTemplate.parse(sql);
        this.literals = new String[template.parameterCount()];
    }

    // ---- executing ----

    @Override
    public boolean execute() throws SQLException {
        return run(template.fill(literals));
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return runQuery(template.fill(literals));
    }

    @Override
    public int executeUpdate() throws SQLException {
        return (int) Math.min(Integer.MAX_VALUE, executeLargeUpdate());
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return runUpdate(template.fill(literals));
    }

    @Override
    public void addBatch() throws SQLException {
        super.addBatch(template.fill(literals));
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        throw ownTextOnly();
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        throw ownTextOnly();
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        throw ownTextOnly();
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        throw ownTextOnly();
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        throw ownTextOnly();
    }

    private static SQLException ownTextOnly() {
        return new SQLException(
                "A prepared statement cannot run another text", SqlState.WRONG_SEQUENCE);
    }

    /** The columns of the current result; null before the statement was executed. */
    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        ResultSet current = getResultSet();
        return current == null || current.isClosed() ? null : current.getMetaData();
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        checkOpen();
        return new SkepParameterMetaData(literals.length);
    }

    // ---- parameters ----

    private void set(int index, String literal) throws SQLException {
        checkOpen();
        if (index < 1 || index > literals.length) {
            throw new SQLException(
                    "Parameter index must be from 1 to " + literals.length + ": " + index,
                    SqlState.NO_SUCH_INDEX);
        }
        literals[index - 1] = literal;
    }

    @Override
    public void clearParameters() throws SQLException {
        checkOpen();
        Arrays.fill(literals, null);
    }

    @Override
    public void setNull(int index, int sqlType) throws SQLException {
        set(index, SqlLiteral.NULL);
    }

    @Override
    public void setNull(int index, int sqlType, String typeName) throws SQLException {
        set(index, SqlLiteral.NULL);
    }

    @Override
    public void setBoolean(int index, boolean value) throws SQLException {
        set(index, SqlLiteral.of(value));
    }

    @Override
    public void setByte(int index, byte value) throws SQLException {
        set(index, SqlLiteral.of((long) value));
    }

    @Override
    public void setShort(int index, short value) throws SQLException {
        set(index, SqlLiteral.of((long) value));
    }

    @Override
    public void setInt(int index, int value) throws SQLException {
        set(index, SqlLiteral.of((long) value));
    }

    @Override
    public void setLong(int index, long value) throws SQLException {
        set(index, SqlLiteral.of(value));
    }

    @Override
    public void setFloat(int index, float value) throws SQLException {
        set(index, SqlLiteral.of(value));
    }

    @Override
    public void setDouble(int index, double value) throws SQLException {
        set(index, SqlLiteral.of(value));
    }

    @Override
    public void setBigDecimal(int index, BigDecimal value) throws SQLException {
        set(index, ParameterValue.literal(value));
    }

    @Override
    public void setString(int index, String value) throws SQLException {
        set(index, ParameterValue.literal(value));
    }

    @Override
    public void setNString(int index, String value) throws SQLException {
        set(index, ParameterValue.literal(value));
    }

    @Override
    public void setBytes(int index, byte[] value) throws SQLException {
        set(index, ParameterValue.literal(value));
    }

    @Override
    public void setDate(int index, Date value) throws SQLException {
        set(index, ParameterValue.literal(value));
    }

    @Override
    public void setDate(int index, Date value, Calendar calendar) throws SQLException {
        if (value == null || calendar == null) {
            setDate(index, value);
        } else {
            LocalDate local = local(value.getTime(), calendar).toLocalDate();
            set(index, SqlLiteral.of(local));
        }
    }

    @Override
    public void setTime(int index, Time value) throws SQLException {
        set(index, ParameterValue.literal(value));
    }

    @Override
    public void setTime(int index, Time value, Calendar calendar) throws SQLException {
        if (value == null || calendar == null) {
            setTime(index, value);
        } else {
            LocalTime local = local(value.getTime(), calendar).toLocalTime();
            set(index, SqlLiteral.of(local));
        }
    }

    @Override
    public void setTimestamp(int index, Timestamp value) throws SQLException {
        set(index, ParameterValue.literal(value));
    }

    @Override
    public void setTimestamp(int index, Timestamp value, Calendar calendar) throws SQLException {
        if (value == null || calendar == null) {
            setTimestamp(index, value);
        } else {
            set(index, SqlLiteral.of(local(value.getTime(), calendar).withNano(value.getNanos())));
        }
    }

    private static LocalDateTime local(long epochMillis, Calendar calendar) {
        ZoneId zone = calendar.getTimeZone().toZoneId();
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(epochMillis), zone);
    }

    @Override
    public void setObject(int index, Object value) throws SQLException {
        set(index, ParameterValue.literal(value));
    }

    @Override
    public void setObject(int index, Object value, int type) throws SQLException {
        set(index, ParameterValue.literal(value, type, -1));
    }

    @Override
    public void setObject(int index, Object value, int type, int scale) throws SQLException {
        set(index, ParameterValue.literal(value, type, scale));
    }

    // ---- streams, which are read at once ----

    private void setCharacters(int index, Reader reader, long limit) throws SQLException {
        if (reader == null) {
            set(index, SqlLiteral.NULL);
            return;
        }
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[4096];
        try {
            while (text.length() < limit) {
                int want = (int) Math.min(buffer.length, limit - text.length());
                int count = reader.read(buffer, 0, want);
                if (count < 0) {
                    break;
                }
                text.append(buffer, 0, count);
            }
        } catch (IOException e) {
            throw cannotRead(e);
        }
        set(index, SqlLiteral.of(text.toString()));
    }

    private static byte[] read(InputStream stream, long limit) throws SQLException {
        try {
            return stream.readNBytes((int) Math.min(MAX_STREAM, limit));
        } catch (IOException e) {
            throw cannotRead(e);
        }
    }

    private static SQLException cannotRead(IOException e) {
        return new SQLException(
                "Cannot read parameter: " + e.getMessage(), SqlState.GENERAL_ERROR, e);
    }

    private void setBinary(int index, InputStream stream, long limit) throws SQLException {
        set(index, stream == null ? SqlLiteral.NULL : SqlLiteral.of(read(stream, limit)));
    }

    private void setAscii(int index, InputStream stream, long limit) throws SQLException {
        set(
                index,
                stream == null
                        ? SqlLiteral.NULL
                        : SqlLiteral.of(
                                new String(read(stream, limit), StandardCharsets.US_ASCII)));
    }

    @Override
    public void setAsciiStream(int index, InputStream stream) throws SQLException {
        setAscii(index, stream, MAX_STREAM);
    }

    @Override
    public void setAsciiStream(int index, InputStream stream, int length) throws SQLException {
        setAscii(index, stream, length);
    }

    @Override
    public void setAsciiStream(int index, InputStream stream, long length) throws SQLException {
        setAscii(index, stream, length);
    }

    @Deprecated
    @Override
    public void setUnicodeStream(int index, InputStream stream, int length) throws SQLException {
        set(
                index,
                stream == null
                        ? SqlLiteral.NULL
                        : SqlLiteral.of(
                                new String(read(stream, length), StandardCharsets.UTF_16BE)));
    }

    @Override
    public void setBinaryStream(int index, InputStream stream) throws SQLException {
        setBinary(index, stream, MAX_STREAM);
    }

    @Override
    public void setBinaryStream(int index, InputStream stream, int length) throws SQLException {
        setBinary(index, stream, length);
    }

    @Override
    public void setBinaryStream(int index, InputStream stream, long length) throws SQLException {
        setBinary(index, stream, length);
    }

    @Override
    public void setBlob(int index, InputStream stream) throws SQLException {
        setBinary(index, stream, MAX_STREAM);
    }

    @Override
    public void setBlob(int index, InputStream stream, long length) throws SQLException {
        setBinary(index, stream, length);
    }

    @Override
    public void setBlob(int index, Blob value) throws SQLException {
        setBinary(index, value == null ? null : value.getBinaryStream(), MAX_STREAM);
    }

    @Override
    public void setCharacterStream(int index, Reader reader) throws SQLException {
        setCharacters(index, reader, MAX_STREAM);
    }

    @Override
    public void setCharacterStream(int index, Reader reader, int length) throws SQLException {
        setCharacters(index, reader, length);
    }

    @Override
    public void setCharacterStream(int index, Reader reader, long length) throws SQLException {
        setCharacters(index, reader, length);
    }

    @Override
    public void setNCharacterStream(int index, Reader reader) throws SQLException {
        setCharacters(index, reader, MAX_STREAM);
    }

    @Override
    public void setNCharacterStream(int index, Reader reader, long length) throws SQLException {
        setCharacters(index, reader, length);
    }

    @Override
    public void setClob(int index, Reader reader) throws SQLException {
        setCharacters(index, reader, MAX_STREAM);
    }

    @Override
    public void setClob(int index, Reader reader, long length) throws SQLException {
        setCharacters(index, reader, length);
    }

    @Override
    public void setClob(int index, Clob value) throws SQLException {
        set(index, ParameterValue.literal(value));
    }

    @Override
    public void setNClob(int index, Reader reader) throws SQLException {
        setCharacters(index, reader, MAX_STREAM);
    }

    @Override
    public void setNClob(int index, Reader reader, long length) throws SQLException {
        setCharacters(index, reader, length);
    }

    @Override
    public void setNClob(int index, NClob value) throws SQLException {
        set(index, ParameterValue.literal(value));
    }

    // ---- what there is no type for ----

    @Override
    public void setURL(int index, URL value) throws SQLException {
        set(index, value == null ? SqlLiteral.NULL : SqlLiteral.of(value.toString()));
    }

    @Override
    public void setArray(int index, Array value) throws SQLException {
        throw Unsupported.method("PreparedStatement.setArray");
    }

    @Override
    public void setRef(int index, Ref value) throws SQLException {
        throw Unsupported.method("PreparedStatement.setRef");
    }

    @Override
    public void setRowId(int index, RowId value) throws SQLException {
        throw Unsupported.method("PreparedStatement.setRowId");
    }

    @Override
    public void setSQLXML(int index, SQLXML value) throws SQLException {
        throw Unsupported.method("PreparedStatement.setSQLXML");
    }
}
