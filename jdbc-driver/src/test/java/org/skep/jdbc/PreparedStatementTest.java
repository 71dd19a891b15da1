package org.skep.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skep.rpc.rows.IntColumn;
import org.skep.rpc.schema.TypeId;

class PreparedStatementTest {
    private FakeWarehouse warehouse;

    @BeforeEach
    void open() throws SQLException {
        warehouse = new FakeWarehouse();
    }

    @AfterEach
    void close() throws SQLException {
        warehouse.close();
    }

    private interface Setter {
        void set(PreparedStatement statement) throws SQLException;
    }

    // What stands in the text for a parameter set that way.
    private String literal(Setter setter) throws SQLException {
        try (PreparedStatement statement = warehouse.connection().prepareStatement("?")) {
            setter.set(statement);
            statement.addBatch();
            assertThatThrownBy(statement::executeBatch).isInstanceOf(SQLException.class);
        }
        List<String> statements = warehouse.service().statements();
        return statements.get(statements.size() - 1);
    }

    private String object(Object value) throws SQLException {
        return literal(s -> s.setObject(1, value));
    }

    private String object(Object value, int type) throws SQLException {
        return literal(s -> s.setObject(1, value, type));
    }

    @Test
    void textIsEscaped() throws SQLException {
        assertThat(literal(s -> s.setString(1, "it's"))).isEqualTo("'it\\'s'");
        assertThat(literal(s -> s.setString(1, "a\\b"))).isEqualTo("'a\\\\b'");
        assertThat(literal(s -> s.setString(1, "\n\r\0\u001A\t\"`?;--")))
                .isEqualTo("'\\n\\r\\0\\Z\t\"`?;--'");
        assertThat(literal(s -> s.setNString(1, "ü😀"))).isEqualTo("'ü😀'");
        assertThat(literal(s -> s.setString(1, null))).isEqualTo("NULL");
    }

    @Test
    void numbersKeepTheirType() throws SQLException {
        assertThat(literal(s -> s.setInt(1, 5))).isEqualTo("5");
        assertThat(literal(s -> s.setInt(1, -5))).isEqualTo(" -5");
        assertThat(literal(s -> s.setByte(1, (byte) 1))).isEqualTo("1");
        assertThat(literal(s -> s.setShort(1, (short) 2))).isEqualTo("2");
        assertThat(literal(s -> s.setLong(1, 7))).isEqualTo("7");
        assertThat(literal(s -> s.setLong(1, 3_000_000_000L))).isEqualTo("3000000000L");
        assertThat(literal(s -> s.setLong(1, Long.MIN_VALUE)))
                .isEqualTo("(-9223372036854775807L - 1L)");
        assertThat(literal(s -> s.setDouble(1, 1.5))).isEqualTo("CAST('1.5' AS DOUBLE)");
        assertThat(literal(s -> s.setDouble(1, Double.NaN))).isEqualTo("CAST('NaN' AS DOUBLE)");
        assertThat(literal(s -> s.setFloat(1, 1.5f))).isEqualTo("CAST('1.5' AS FLOAT)");
        assertThat(literal(s -> s.setBigDecimal(1, new BigDecimal("1.50"))))
                .isEqualTo("CAST('1.50' AS DECIMAL(3,2))");
        assertThat(literal(s -> s.setBigDecimal(1, new BigDecimal("0.001"))))
                .isEqualTo("CAST('0.001' AS DECIMAL(3,3))");
        assertThat(literal(s -> s.setBigDecimal(1, new BigDecimal("1E3"))))
                .isEqualTo("CAST('1000' AS DECIMAL(4,0))");
        assertThatThrownBy(() -> literal(s -> s.setBigDecimal(1, new BigDecimal("1E40"))))
                .isInstanceOf(SQLDataException.class)
                .hasMessage("Decimal must have at most 38 digits: 1E+40");
        assertThat(literal(s -> s.setBoolean(1, true))).isEqualTo("true");
        assertThat(literal(s -> s.setNull(1, Types.INTEGER))).isEqualTo("NULL");
        assertThat(literal(s -> s.setNull(1, Types.INTEGER, "int"))).isEqualTo("NULL");
    }

    @Test
    void datesAndTimes() throws SQLException {
        Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
        Instant instant = Instant.parse("2020-01-01T20:30:00.25Z");
        assertThat(literal(s -> s.setDate(1, Date.valueOf("2020-01-05"))))
                .isEqualTo("DATE '2020-01-05'");
        assertThat(literal(s -> s.setDate(1, new Date(instant.toEpochMilli()), tokyo)))
                .isEqualTo("DATE '2020-01-02'");
        assertThat(literal(s -> s.setTimestamp(1, Timestamp.valueOf("2020-01-05 10:11:12.5"))))
                .isEqualTo("TIMESTAMP '2020-01-05 10:11:12.5'");
        assertThat(literal(s -> s.setTimestamp(1, Timestamp.from(instant), tokyo)))
                .isEqualTo("TIMESTAMP '2020-01-02 05:30:00.25'");
        assertThat(literal(s -> s.setTime(1, Time.valueOf("10:11:12")))).isEqualTo("'10:11:12'");
        assertThat(literal(s -> s.setTime(1, new Time(instant.toEpochMilli()), tokyo)))
                .isEqualTo("'05:30:00.25'");
        assertThat(literal(s -> s.setTimestamp(1, null, tokyo))).isEqualTo("NULL");
        assertThat(object(LocalDate.of(7, 1, 5))).isEqualTo("DATE '0007-01-05'");
        assertThat(object(LocalTime.of(1, 2))).isEqualTo("'01:02:00'");
        assertThat(object(LocalDateTime.of(2020, 1, 5, 1, 2, 3, 4)))
                .isEqualTo("TIMESTAMP '2020-01-05 01:02:03.000000004'");
        assertThat(object(OffsetDateTime.parse("2020-01-05T01:00:00+01:00")))
                .isEqualTo("TIMESTAMPLOCALTZ '2020-01-05 00:00:00 UTC'");
        assertThat(object(instant)).isEqualTo("TIMESTAMPLOCALTZ '2020-01-01 20:30:00.25 UTC'");
        java.util.Date old = java.util.Date.from(instant);
        assertThat(object(old)).isEqualTo(object(Timestamp.from(instant)));
        assertThatThrownBy(() -> object(LocalDate.of(12345, 1, 1)))
                .hasMessage("Year must be from 0 to 9999: +12345-01-01");
    }

    @Test
    void bytesAndStreams() throws SQLException {
        byte[] text = "a'ü".getBytes(StandardCharsets.UTF_8);
        assertThat(literal(s -> s.setBytes(1, text))).isEqualTo("CAST('a\\'ü' AS BINARY)");
        assertThat(literal(s -> s.setBytes(1, new byte[] {(byte) 0xFF, 0x0A})))
                .isEqualTo("unhex('FF0A')");
        assertThat(literal(s -> s.setBinaryStream(1, new ByteArrayInputStream(text), 1)))
                .isEqualTo("CAST('a' AS BINARY)");
        assertThat(literal(s -> s.setAsciiStream(1, new ByteArrayInputStream(new byte[] {65}))))
                .isEqualTo("'A'");
        assertThat(literal(s -> s.setCharacterStream(1, new StringReader("x".repeat(5000)))))
                .hasSize(5002);
        assertThat(literal(s -> s.setCharacterStream(1, new StringReader("xyz"), 2)))
                .isEqualTo("'xy'");
        assertThat(literal(s -> s.setBinaryStream(1, null))).isEqualTo("NULL");
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("pulled out");
                    }

                    @Override
                    public int read(byte[] into, int start, int length) throws IOException {
                        throw new IOException("pulled out");
                    }
                };
        assertThatThrownBy(() -> literal(s -> s.setBinaryStream(1, broken)))
                .hasMessage("Cannot read parameter: pulled out");
    }

    @Test
    void objectsGoByTheirClass() throws SQLException {
        assertThat(object(null)).isEqualTo("NULL");
        assertThat(object("x")).isEqualTo("'x'");
        assertThat(object('x')).isEqualTo("'x'");
        assertThat(object(1)).isEqualTo("1");
        assertThat(object(true)).isEqualTo("true");
        assertThat(object(2.5)).isEqualTo("CAST('2.5' AS DOUBLE)");
        assertThat(object(2.5f)).isEqualTo("CAST('2.5' AS FLOAT)");
        assertThat(object(BigInteger.TEN)).isEqualTo("CAST('10' AS DECIMAL(2,0))");
        assertThat(object(new byte[] {66})).isEqualTo("CAST('B' AS BINARY)");
        assertThatThrownBy(() -> object(List.of()))
                .hasMessageStartingWith("Cannot pass an object of java.util.ImmutableCollections");
    }

    @Test
    void objectsAreConvertedToAGivenType() throws SQLException {
        assertThat(object("12", Types.INTEGER)).isEqualTo("12");
        assertThat(object(12.9, Types.BIGINT)).isEqualTo("12");
        assertThat(object(5, Types.VARCHAR)).isEqualTo("'5'");
        assertThat(object("1", Types.BOOLEAN)).isEqualTo("true");
        assertThat(object(0, Types.BIT)).isEqualTo("false");
        assertThat(object("1.5", Types.DOUBLE)).isEqualTo("CAST('1.5' AS DOUBLE)");
        assertThat(object(2, Types.DECIMAL)).isEqualTo("CAST('2' AS DECIMAL(1,0))");
        assertThat(literal(s -> s.setObject(1, "1.255", Types.NUMERIC, 2)))
                .isEqualTo("CAST('1.26' AS DECIMAL(3,2))");
        assertThat(object("2020-1-5", Types.DATE)).isEqualTo("DATE '2020-01-05'");
        assertThat(object(Timestamp.valueOf("2020-01-05 10:00:00"), Types.DATE))
                .isEqualTo("DATE '2020-01-05'");
        assertThat(object(LocalDate.of(2020, 1, 5), Types.TIMESTAMP))
                .isEqualTo("TIMESTAMP '2020-01-05 00:00:00'");
        assertThat(object("2020-01-05 10:00:00", Types.TIMESTAMP))
                .isEqualTo("TIMESTAMP '2020-01-05 10:00:00'");
        assertThat(object("x", Types.NULL)).isEqualTo("NULL");
        assertThat(object("x", Types.OTHER)).isEqualTo("'x'");
        assertThatThrownBy(() -> object(300, Types.TINYINT))
                .hasMessage("Parameter must be from -128 to 127: 300");
        assertThatThrownBy(() -> object("abc", Types.INTEGER))
                .hasMessage("Cannot read parameter as number: abc");
        assertThatThrownBy(() -> object("abc", Types.DATE))
                .hasMessage("Cannot read parameter as a date or timestamp: abc");
        assertThatThrownBy(() -> object("perhaps", Types.BOOLEAN))
                .hasMessage("Cannot read parameter as boolean: perhaps");
    }

    @Test
    void questionMarksInQuotesAndCommentsAreNoParameters() {
        assertThat(SqlTemplate.parse("a ? b ?").parameterCount()).isEqualTo(2);
        assertThat(SqlTemplate.parse("'?' \"?\" `?` -- ?\n/* ? */ ?").parameterCount())
                .isEqualTo(1);
        assertThat(SqlTemplate.parse("'it\\'s ?' ?").parameterCount()).isEqualTo(1);
        assertThat(SqlTemplate.parse("'it''s ?' ?").parameterCount()).isEqualTo(1);
        assertThat(SqlTemplate.parse("`a``?` ?").parameterCount()).isEqualTo(1);
        assertThat(SqlTemplate.parse("a - ? / ? -").parameterCount()).isEqualTo(2);
        assertThat(SqlTemplate.parse("'open ?").parameterCount()).isZero();
        assertThat(SqlTemplate.parse("/* open ?").parameterCount()).isZero();
        assertThat(SqlTemplate.parse("-- ?").parameterCount()).isZero();
        assertThat(SqlTemplate.parse("").parameterCount()).isZero();
    }

    @Test
    void aNegativeNumberAfterAMinusMakesNoComment() throws SQLException {
        assertThat(SqlTemplate.parse("a -?").fill(new String[] {SqlLiteral.of(-1L)}))
                .isEqualTo("a - -1");
    }

    @Test
    void aValueIsNeverReadAsAParameter() throws SQLException {
        warehouse
                .service()
                .on(
                        "select '?' where '?'=2",
                        Reply.column("n", TypeId.INT, IntColumn.of(List.of(1))));
        PreparedStatement statement =
                warehouse.connection().prepareStatement("select ? where '?'=?");
        statement.setString(1, "?");
        statement.setInt(2, 2);
        assertThat(statement.getMetaData()).isNull();
        assertThat(statement.executeQuery().next()).isTrue();
        assertThat(statement.getMetaData().getColumnLabel(1)).isEqualTo("n");
        assertThat(statement.execute()).isTrue();
        assertThatThrownBy(statement::executeUpdate).hasMessage("Statement returns a result");
    }

    @Test
    void parametersMustBeSetAndExist() throws SQLException {
        PreparedStatement statement = warehouse.connection().prepareStatement("f(?, ?)");
        statement.setInt(1, 1);
        assertThatThrownBy(statement::execute)
                .hasMessage("Parameter not set: 2")
                .extracting("SQLState")
                .isEqualTo("07001");
        assertThatThrownBy(() -> statement.setInt(3, 1))
                .hasMessage("Parameter index must be from 1 to 2: 3");
        assertThatThrownBy(() -> statement.setInt(0, 1))
                .hasMessage("Parameter index must be from 1 to 2: 0");
        statement.setInt(2, 1);
        statement.clearParameters();
        assertThatThrownBy(statement::execute).hasMessage("Parameter not set: 1");
        assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(2);
        assertThat(statement.getParameterMetaData().getParameterType(1)).isEqualTo(Types.VARCHAR);
        assertThatThrownBy(() -> statement.getParameterMetaData().getScale(3))
                .hasMessage("Parameter index must be from 1 to 2: 3");
    }

    @Test
    void batchesKeepTheParametersOfTheirTime() throws SQLException {
        warehouse
                .service()
                .on("insert 1", Reply.none().modifiedRows(1))
                .on("insert 2", Reply.none().modifiedRows(2));
        PreparedStatement statement = warehouse.connection().prepareStatement("insert ?");
        statement.setInt(1, 1);
        statement.addBatch();
        statement.setInt(1, 2);
        statement.addBatch();
        assertThat(statement.executeBatch()).containsExactly(1, 2);
        assertThat(statement.executeUpdate()).isEqualTo(2);
    }

    @Test
    void anotherTextIsRefused() throws SQLException {
        PreparedStatement statement = warehouse.connection().prepareStatement("select 1");
        assertThatThrownBy(() -> statement.execute("select 2"))
                .hasMessage("A prepared statement cannot run another text");
        assertThatThrownBy(() -> statement.addBatch("select 2"))
                .hasMessage("A prepared statement cannot run another text");
        assertThatThrownBy(() -> statement.setArray(1, null))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        statement.close();
        assertThatThrownBy(statement::execute).hasMessage("Statement is closed");
        assertThatThrownBy(() -> statement.setInt(1, 1)).hasMessage("Statement is closed");
    }
}
