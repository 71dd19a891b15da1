package org.skep.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skep.rpc.rows.BinaryColumn;
import org.skep.rpc.rows.BooleanColumn;
import org.skep.rpc.rows.ByteColumn;
import org.skep.rpc.rows.ColumnBlock;
import org.skep.rpc.rows.DoubleColumn;
import org.skep.rpc.rows.IntColumn;
import org.skep.rpc.rows.LongColumn;
import org.skep.rpc.rows.ShortColumn;
import org.skep.rpc.rows.StringColumn;
import org.skep.rpc.schema.TypeDescriptor;
import org.skep.rpc.schema.TypeId;

class ConversionTest {
    private FakeWarehouse warehouse;

    @BeforeEach
    void open() throws SQLException {
        warehouse = new FakeWarehouse();
    }

    @AfterEach
    void close() throws SQLException {
        warehouse.close();
    }

    private ResultSet text(TypeId type, String value) throws SQLException {
        return warehouse.row(type, StringColumn.of(value));
    }

    private static void assertOutOfRange(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(SQLDataException.class)
                .hasMessage(message)
                .extracting("SQLState")
                .isEqualTo("22003");
    }

    private static void assertNoConversion(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(SQLDataException.class)
                .hasMessage(message)
                .extracting("SQLState")
                .isEqualTo("07006");
    }

    @Test
    void booleans() throws SQLException {
        ResultSet rows = warehouse.row(TypeId.BOOLEAN, BooleanColumn.of(List.of(true, false)));
        assertThat(rows.getString(1)).isEqualTo("true");
        assertThat(rows.getBoolean(1)).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(1);
        assertThat(rows.getDouble(1)).isEqualTo(1.0);
        assertThat(rows.getBigDecimal(1)).isEqualByComparingTo("1");
        assertThat(rows.getObject(1)).isEqualTo(true);
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("false");
        assertThat(rows.getLong(1)).isZero();
        assertNoConversion(() -> rows.getDate(1), "Cannot convert column c from boolean to date");
        assertNoConversion(() -> rows.getBytes(1), "Cannot convert column c from boolean to bytes");
    }

    @Test
    void wholeNumbers() throws SQLException {
        ResultSet tiny = warehouse.row(TypeId.TINYINT, ByteColumn.of(List.of((byte) -128)));
        assertThat(tiny.getByte(1)).isEqualTo((byte) -128);
        assertThat(tiny.getString(1)).isEqualTo("-128");
        assertThat(tiny.getObject(1)).isEqualTo((byte) -128);
        ResultSet small = warehouse.row(TypeId.SMALLINT, ShortColumn.of(List.of((short) 300)));
        assertThat(small.getShort(1)).isEqualTo((short) 300);
        assertThat(small.getObject(1)).isEqualTo((short) 300);
        assertOutOfRange(
                () -> small.getByte(1), "Value of column c is out of the range of tinyint: 300");
        ResultSet normal =
                warehouse.row(TypeId.INT, IntColumn.of(List.of(Integer.MIN_VALUE, 70_000)));
        assertThat(normal.getInt(1)).isEqualTo(Integer.MIN_VALUE);
        assertThat(normal.getObject(1)).isEqualTo(Integer.MIN_VALUE);
        assertThat(normal.getFloat(1)).isEqualTo((float) Integer.MIN_VALUE);
        normal.next();
        assertThat(normal.getBoolean(1)).isTrue();
        assertOutOfRange(
                () -> normal.getShort(1),
                "Value of column c is out of the range of smallint: 70000");
        ResultSet big = warehouse.row(TypeId.BIGINT, LongColumn.of(List.of(Long.MAX_VALUE)));
        assertThat(big.getLong(1)).isEqualTo(Long.MAX_VALUE);
        assertThat(big.getObject(1)).isEqualTo(Long.MAX_VALUE);
        assertThat(big.getBigDecimal(1)).isEqualTo(BigDecimal.valueOf(Long.MAX_VALUE));
        assertThat(big.getObject(1, BigInteger.class)).isEqualTo(Long.MAX_VALUE);
        assertOutOfRange(
                () -> big.getInt(1),
                "Value of column c is out of the range of int: 9223372036854775807");
        assertNoConversion(
                () -> big.getTimestamp(1), "Cannot convert column c from bigint to timestamp");
    }

    @Test
    void doubles() throws SQLException {
        ResultSet rows =
                warehouse.row(
                        TypeId.DOUBLE,
                        DoubleColumn.of(
                                List.of(1.0E7, -2.9, Double.NaN, 1e300, Double.POSITIVE_INFINITY)));
        assertThat(rows.getString(1)).isEqualTo("1.0E7");
        assertThat(rows.getInt(1)).isEqualTo(10_000_000);
        assertThat(rows.getObject(1)).isEqualTo(1.0E7);
        rows.next();
        assertThat(rows.getLong(1)).isEqualTo(-2);
        assertThat(rows.getFloat(1)).isEqualTo(-2.9f);
        assertThat(rows.getBigDecimal(1)).isEqualTo(new BigDecimal("-2.9"));
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("NaN");
        assertThat(rows.getDouble(1)).isNaN();
        assertOutOfRange(() -> rows.getInt(1), "Value of column c is out of the range of int: NaN");
        assertOutOfRange(
                () -> rows.getBigDecimal(1),
                "Value of column c is out of the range of decimal: NaN");
        rows.next();
        assertOutOfRange(
                () -> rows.getLong(1), "Value of column c is out of the range of bigint: 1.0E300");
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("Infinity");
    }

    @Test
    void floatsTravelAsDoublesAndPrintShort() throws SQLException {
        ResultSet rows =
                warehouse.row(
                        TypeId.FLOAT,
                        DoubleColumn.of(List.of(0.1, 1.2938437E9, Double.parseDouble("8.41E21"))));
        assertThat(rows.getString(1)).isEqualTo("0.1");
        assertThat(rows.getFloat(1)).isEqualTo(0.1f);
        assertThat(rows.getObject(1)).isEqualTo(0.1);
        assertThat(rows.getBigDecimal(1)).isEqualTo(new BigDecimal("0.1"));
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("1.2938437E9");
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("8.41E21");
    }

    @Test
    void decimals() throws SQLException {
        ResultSet rows =
                warehouse.result(
                        TypeDescriptor.decimal(38, 3),
                        StringColumn.of("3.140", "-0.500", "99999999999999999999.000", "0.000"));
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("3.140");
        assertThat(rows.getBigDecimal(1)).isEqualTo(new BigDecimal("3.140"));
        assertThat(rows.getObject(1)).isEqualTo(new BigDecimal("3.140"));
        assertThat(rows.getInt(1)).isEqualTo(3);
        assertThat(rows.getDouble(1)).isEqualTo(3.14);
        assertThat(rows.getBoolean(1)).isTrue();
        rows.next();
        assertThat(rows.getLong(1)).isZero();
        rows.next();
        assertOutOfRange(
                () -> rows.getLong(1),
                "Value of column c is out of the range of bigint: 99999999999999999999.000");
        assertThat(rows.getObject(1, BigInteger.class))
                .isEqualTo(new BigInteger("99999999999999999999"));
        rows.next();
        assertThat(rows.getBoolean(1)).isFalse();
        assertNoConversion(
                () -> rows.getDate(1), "Cannot convert column c from decimal(38,3) to date");
    }

    @Test
    @SuppressWarnings("deprecation")
    void theOldDecimalGetterRounds() throws SQLException {
        ResultSet rows = text(TypeId.STRING, "1.255");
        assertThat(rows.getBigDecimal(1, 2)).isEqualTo(new BigDecimal("1.26"));
        assertThat(rows.getBigDecimal("c", 0)).isEqualTo(new BigDecimal("1"));
    }

    @Test
    void strings() throws SQLException, IOException {
        ResultSet rows = text(TypeId.STRING, "grün 😀");
        assertThat(rows.getString(1)).isEqualTo("grün 😀");
        assertThat(rows.getNString(1)).isEqualTo("grün 😀");
        assertThat(rows.getObject(1)).isEqualTo("grün 😀");
        assertThat(rows.getBytes(1)).isEqualTo("grün 😀".getBytes(StandardCharsets.UTF_8));
        char[] read = new char[4];
        assertThat(rows.getCharacterStream(1).read(read)).isEqualTo(4);
        assertThat(read).containsExactly('g', 'r', 'ü', 'n');
        assertThat(rows.getAsciiStream(1).readAllBytes()[0]).isEqualTo((byte) 'g');
        assertThatThrownBy(() -> rows.getInt(1))
                .isInstanceOf(SQLDataException.class)
                .hasMessage("Cannot read value of column c as int: grün 😀")
                .extracting("SQLState")
                .isEqualTo("22018");
        assertThatThrownBy(() -> rows.getDouble(1))
                .hasMessage("Cannot read value of column c as double: grün 😀");
        assertThatThrownBy(() -> rows.getBoolean(1))
                .hasMessage("Cannot read value of column c as boolean: grün 😀");
        assertThatThrownBy(() -> rows.getDate(1))
                .hasMessage("Cannot read value of column c as date: grün 😀")
                .extracting("SQLState")
                .isEqualTo("22007");
    }

    @Test
    void stringsHoldOtherValues() throws SQLException {
        assertThat(text(TypeId.STRING, " 12 ").getInt(1)).isEqualTo(12);
        assertThat(text(TypeId.VARCHAR, "12.9").getLong(1)).isEqualTo(12);
        assertThat(text(TypeId.STRING, "1e3").getInt(1)).isEqualTo(1000);
        assertThat(text(TypeId.STRING, "-Infinity").getDouble(1))
                .isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(text(TypeId.STRING, "TRUE").getBoolean(1)).isTrue();
        assertThat(text(TypeId.STRING, "off").getBoolean(1)).isFalse();
        assertThat(text(TypeId.STRING, "2020-1-5").getDate(1))
                .isEqualTo(Date.valueOf("2020-01-05"));
        assertThat(text(TypeId.STRING, "10:11:12").getTime(1)).isEqualTo(Time.valueOf("10:11:12"));
        assertThat(text(TypeId.STRING, "2020-01-05T10:11:12.5").getTimestamp(1))
                .isEqualTo(Timestamp.valueOf("2020-01-05 10:11:12.5"));
        ResultSet huge = text(TypeId.STRING, "1e999999999");
        assertOutOfRange(
                () -> huge.getLong(1),
                "Value of column c is out of the range of bigint: 1e999999999");
        assertThat(text(TypeId.CHAR, "ab   ").getString(1)).isEqualTo("ab   ");
    }

    @Test
    void binaries() throws SQLException, IOException {
        byte[] bytes = {0x41, (byte) 0xC3, (byte) 0xBC, 0};
        ResultSet rows = warehouse.row(TypeId.BINARY, BinaryColumn.of(List.of(bytes)));
        assertThat(rows.getBytes(1)).isEqualTo(bytes);
        assertThat(rows.getObject(1)).isEqualTo(bytes);
        assertThat(rows.getString(1)).isEqualTo("Aü\0");
        assertThat(rows.getBinaryStream(1).readAllBytes()).isEqualTo(bytes);
        assertNoConversion(() -> rows.getInt(1), "Cannot convert column c from binary to int");
        assertNoConversion(
                () -> rows.getBoolean(1), "Cannot convert column c from binary to boolean");
    }

    @Test
    void dates() throws SQLException {
        ResultSet rows = warehouse.row(TypeId.DATE, StringColumn.of("2020-02-29", "0001-01-01"));
        assertThat(rows.getString(1)).isEqualTo("2020-02-29");
        assertThat(rows.getDate(1)).isEqualTo(Date.valueOf("2020-02-29"));
        assertThat(rows.getObject(1)).isEqualTo(Date.valueOf("2020-02-29"));
        assertThat(rows.getObject(1, LocalDate.class)).isEqualTo(LocalDate.of(2020, 2, 29));
        assertThat(rows.getTimestamp(1)).isEqualTo(Timestamp.valueOf("2020-02-29 00:00:00"));
        assertNoConversion(() -> rows.getTime(1), "Cannot convert column c from date to time");
        assertNoConversion(() -> rows.getLong(1), "Cannot convert column c from date to bigint");
        rows.next();
        assertThat(rows.getObject(1, LocalDate.class)).isEqualTo(LocalDate.of(1, 1, 1));
        assertThat(rows.getDate(1)).hasToString("0001-01-01");
    }

    @Test
    void timestampsKeepTheServicesText() throws SQLException {
        ResultSet rows =
                warehouse.row(
                        TypeId.TIMESTAMP,
                        StringColumn.of("2020-01-05 10:11:12", "2020-01-05 10:11:12.123456789"));
        assertThat(rows.getString(1)).isEqualTo("2020-01-05 10:11:12");
        assertThat(rows.getObject(1)).isEqualTo(Timestamp.valueOf("2020-01-05 10:11:12"));
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("2020-01-05 10:11:12.123456789");
        assertThat(rows.getTimestamp(1).getNanos()).isEqualTo(123_456_789);
        assertThat(rows.getObject(1, LocalDateTime.class))
                .isEqualTo(LocalDateTime.of(2020, 1, 5, 10, 11, 12, 123_456_789));
        assertThat(rows.getObject(1, LocalTime.class))
                .isEqualTo(LocalTime.of(10, 11, 12, 123_456_789));
        assertThat(rows.getDate(1)).isEqualTo(Date.valueOf("2020-01-05"));
        assertThat(rows.getTime(1)).isEqualTo(Time.valueOf("10:11:12"));
        assertNoConversion(
                () -> rows.getObject(1, Instant.class),
                "Cannot convert column c from timestamp to timestamp with time zone");
    }

    @Test
    void aCalendarSaysInWhichZoneATimestampWasWritten() throws SQLException {
        Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
        ResultSet rows = text(TypeId.TIMESTAMP, "2020-01-05 10:00:00.5");
        assertThat(rows.getTimestamp(1, tokyo).toInstant())
                .isEqualTo(Instant.parse("2020-01-05T01:00:00.5Z"));
        assertThat(rows.getDate(1, tokyo).getTime())
                .isEqualTo(Instant.parse("2020-01-04T15:00:00Z").toEpochMilli());
        assertThat(rows.getTime(1, tokyo).getTime())
                .isEqualTo(Instant.parse("1970-01-01T01:00:00.5Z").toEpochMilli());
        assertThat(rows.getTimestamp(1, null))
                .isEqualTo(Timestamp.valueOf("2020-01-05 10:00:00.5"));
    }

    @Test
    void zonedTimestampsAreInstants() throws SQLException {
        ResultSet rows = text(TypeId.TIMESTAMP_LOCAL_TIME_ZONE, "2020-01-01 00:00:00.0 US/Pacific");
        assertThat(rows.getString(1)).isEqualTo("2020-01-01 00:00:00.0 US/Pacific");
        assertThat(rows.getObject(1)).isEqualTo(OffsetDateTime.parse("2020-01-01T00:00-08:00"));
        assertThat(rows.getObject(1, Instant.class))
                .isEqualTo(Instant.parse("2020-01-01T08:00:00Z"));
        assertThat(rows.getObject(1, ZonedDateTime.class).getZone())
                .isEqualTo(ZoneId.of("US/Pacific"));
        assertThat(rows.getTimestamp(1).toInstant())
                .isEqualTo(Instant.parse("2020-01-01T08:00:00Z"));
        assertThat(rows.getObject(1, LocalDate.class)).isEqualTo(LocalDate.of(2020, 1, 1));
        assertThat(
                        text(TypeId.TIMESTAMP_LOCAL_TIME_ZONE, "2020-01-01 00:00:00 +02:00")
                                .getObject(1, Instant.class))
                .isEqualTo(Instant.parse("2019-12-31T22:00:00Z"));
        ResultSet bad = text(TypeId.TIMESTAMP_LOCAL_TIME_ZONE, "2020-01-01 00:00:00 Nowhere/At");
        assertThatThrownBy(() -> bad.getObject(1)).isInstanceOf(SQLDataException.class);
    }

    @Test
    void intervals() throws SQLException {
        ResultSet months = text(TypeId.INTERVAL_YEAR_MONTH, "-1-2");
        assertThat(months.getObject(1)).isEqualTo("-1-2");
        assertThat(months.getObject(1, Period.class)).isEqualTo(Period.of(-1, -2, 0));
        ResultSet days = text(TypeId.INTERVAL_DAY_TIME, "29 01:02:03.500000000");
        assertThat(days.getString(1)).isEqualTo("29 01:02:03.500000000");
        assertThat(days.getObject(1, Duration.class)).isEqualTo(Duration.parse("P29DT1H2M3.5S"));
        assertThat(
                        text(TypeId.INTERVAL_DAY_TIME, "-0 00:00:00.250000000")
                                .getObject(1, Duration.class))
                .isEqualTo(Duration.ofMillis(-250));
        assertNoConversion(
                () -> days.getObject(1, Period.class),
                "Cannot convert column c from interval_day_time to interval");
    }

    @Test
    void nestedValuesAreJson() throws SQLException {
        for (TypeId type : List.of(TypeId.ARRAY, TypeId.MAP, TypeId.STRUCT, TypeId.UNION)) {
            ResultSet rows = text(type, "{\"a\":[1,null]}");
            assertThat(rows.getString(1)).isEqualTo("{\"a\":[1,null]}");
            assertThat(rows.getObject(1)).isEqualTo("{\"a\":[1,null]}");
            assertNoConversion(
                    () -> rows.getInt(1),
                    "Cannot convert column c from " + type.lowerCaseName() + " to int");
        }
    }

    @Test
    void nullIsNullForEveryTypeAndGetter() throws SQLException {
        for (TypeId type : TypeId.values()) {
            ResultSet rows = warehouse.row(type, nullBlock(type));
            assertThat(rows.getObject(1)).as(type.name()).isNull();
            assertThat(rows.wasNull()).isTrue();
            assertThat(rows.getString(1)).isNull();
            assertThat(rows.getBoolean(1)).isFalse();
            assertThat(rows.getByte(1)).isZero();
            assertThat(rows.getShort(1)).isZero();
            assertThat(rows.getInt(1)).isZero();
            assertThat(rows.getLong(1)).isZero();
            assertThat(rows.getFloat(1)).isZero();
            assertThat(rows.getDouble(1)).isZero();
            assertThat(rows.getBigDecimal(1)).isNull();
            assertThat(rows.getBytes(1)).isNull();
            assertThat(rows.getDate(1)).isNull();
            assertThat(rows.getTime(1)).isNull();
            assertThat(rows.getTimestamp(1)).isNull();
            assertThat(rows.getTimestamp(1, Calendar.getInstance())).isNull();
            assertThat(rows.getObject(1, LocalDate.class)).isNull();
            assertThat(rows.getBinaryStream(1)).isNull();
            assertThat(rows.getCharacterStream(1)).isNull();
        }
    }

    private static ColumnBlock nullBlock(TypeId type) {
        switch (type.columnKind()) {
            case BOOLEAN:
                return BooleanColumn.of(Collections.singletonList(null));
            case BYTE:
                return ByteColumn.of(Collections.singletonList(null));
            case SHORT:
                return ShortColumn.of(Collections.singletonList(null));
            case INT:
                return IntColumn.of(Collections.singletonList(null));
            case LONG:
                return LongColumn.of(Collections.singletonList(null));
            case DOUBLE:
                return DoubleColumn.of(Collections.singletonList(null));
            case STRING:
                return StringColumn.of((String) null);
            case BINARY:
                return BinaryColumn.of(Collections.singletonList(null));
        }
        throw new AssertionError(type);
    }

    @Test
    void wasNullFollowsTheLastRead() throws SQLException {
        ResultSet rows = warehouse.row(TypeId.INT, IntColumn.of(Arrays.asList(null, 0)));
        assertThat(rows.getInt(1)).isZero();
        assertThat(rows.wasNull()).isTrue();
        rows.next();
        assertThat(rows.getInt(1)).isZero();
        assertThat(rows.wasNull()).isFalse();
    }

    @Test
    void everyTypeGivesAnObjectOfTheClassItNames() throws SQLException {
        for (TypeId type : TypeId.values()) {
            if (type.columnKind() != org.skep.rpc.rows.ColumnKind.STRING) {
                continue;
            }
            ResultSet rows = text(type, sample(type));
            assertThat(rows.getObject(1).getClass().getName())
                    .as(type.name())
                    .isEqualTo(rows.getMetaData().getColumnClassName(1));
        }
    }

    private static String sample(TypeId type) {
        switch (type) {
            case DECIMAL:
                return "1.5";
            case DATE:
                return "2020-01-01";
            case TIMESTAMP:
                return "2020-01-01 00:00:00";
            case TIMESTAMP_LOCAL_TIME_ZONE:
                return "2020-01-01 00:00:00 UTC";
            default:
                return "x";
        }
    }

    @Test
    void anUnknownClassIsRefused() throws SQLException {
        ResultSet rows = text(TypeId.STRING, "x");
        assertNoConversion(
                () -> rows.getObject(1, UUID.class),
                "Cannot convert column c from string to java.util.UUID");
        assertThatThrownBy(() -> rows.getObject(1, (Class<?>) null))
                .hasMessage("Class must not be null");
    }
}
