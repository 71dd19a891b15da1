package org.skep.types.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DateTimeTextTest {
    private static final ZoneId PACIFIC = ZoneId.of("US/Pacific");

    private final Parsed parsed = new Parsed();

    private static byte[] padded(String text) {
        return ("1" + text + "1").getBytes(StandardCharsets.UTF_8);
    }

    private String date(String text) {
        byte[] bytes = padded(text);
        if (!DateText.parse(bytes, 1, bytes.length - 2, parsed)) {
            return null;
        }
        ByteSink out = new ByteSink();
        DateText.append(parsed.value(), out);
        return out.toString();
    }

    private String timestamp(String text) {
        byte[] bytes = padded(text);
        boolean good = TimestampText.parse(bytes, 1, bytes.length - 2, parsed);
        return good ? printTimestamp() : null;
    }

    private String stored(String text) {
        byte[] bytes = padded(text);
        boolean good = TimestampText.parseStored(bytes, 1, bytes.length - 2, parsed);
        return good ? printTimestamp() : null;
    }

    private String printTimestamp() {
        ByteSink out = new ByteSink();
        TimestampText.append(parsed.value(), parsed.nanos(), out);
        return out.toString();
    }

    private String local(String text) {
        byte[] bytes = padded(text);
        if (!TimestampText.parseLocal(bytes, 1, bytes.length - 2, PACIFIC, parsed)) {
            return null;
        }
        ByteSink out = new ByteSink();
        TimestampText.appendLocal(parsed.value(), parsed.nanos(), PACIFIC, out);
        return out.toString();
    }

    @Test
    void readsDatesLeniently() {
        assertThat(date("2020-01-05")).isEqualTo("2020-01-05");
        assertThat(date("2020-1-5")).isEqualTo("2020-01-05");
        assertThat(date(" 2020-01-03 ")).isEqualTo("2020-01-03");
        assertThat(date("2020-01-05 10:11:12")).isEqualTo("2020-01-05");
        assertThat(date("2020-01-05T10:11:12")).isEqualTo("2020-01-05");
        assertThat(date("2020-01-05 anything")).isEqualTo("2020-01-05");
        assertThat(date("0001-01-01")).isEqualTo("0001-01-01");
        assertThat(date("1582-10-10")).isEqualTo("1582-10-10");
        assertThat(date("-0044-03-15")).isEqualTo("-0044-03-15");
        assertThat(date("10000-01-01")).isEqualTo("+10000-01-01");
        assertThat(date("2000-02-29")).isEqualTo("2000-02-29");
        for (String bad :
                new String[] {
                    "",
                    "abc",
                    "20200105",
                    "2020-02-30",
                    "2020-13-01",
                    "2020-00-01",
                    "2020-01-00",
                    "1900-02-29",
                    "2020-01",
                    "2020-01-",
                    "2020-01-05x",
                    "2020-001-05",
                    "+2020-01-05",
                    "2020/01/05",
                    "\\N",
                    "99999999999-01-01",
                    "6000000000-01-01"
                }) {
            assertThat(date(bad)).as(bad).isNull();
        }
    }

    @Test
    void readsTimestampsLeniently() {
        assertThat(timestamp("2020-01-05")).isEqualTo("2020-01-05 00:00:00");
        assertThat(timestamp("2020-01-05 10:11")).isEqualTo("2020-01-05 00:00:00");
        assertThat(timestamp("2020-01-05T10:11:12")).isEqualTo("2020-01-05 10:11:12");
        assertThat(timestamp("2020-01-05T10:11")).isEqualTo("2020-01-05 10:11:00");
        assertThat(timestamp("2020-01-05 10:11:12.1234567891"))
                .isEqualTo("2020-01-05 10:11:12.123456789");
        assertThat(timestamp("2020-01-05 25:00:00")).isEqualTo("2020-01-05 00:00:00");
        assertThat(timestamp("2020-01-05 10:11:12.100")).isEqualTo("2020-01-05 10:11:12.1");
        assertThat(timestamp("2020-1-5 1:2:3")).isEqualTo("2020-01-05 01:02:03");
        assertThat(timestamp("2020-01-05 10:11:12 America/New_York"))
                .isEqualTo("2020-01-05 10:11:12");
        assertThat(timestamp("2020-01-05 10:11:12 rubbish")).isEqualTo("2020-01-05 00:00:00");
        assertThat(timestamp("1969-12-31 23:59:59.999999999"))
                .isEqualTo("1969-12-31 23:59:59.999999999");
        assertThat(timestamp("2020-02-30 00:00:00")).isNull();
        assertThat(timestamp("abc")).isNull();
        assertThat(timestamp("")).isNull();
        assertThat(timestamp("999999-01-01")).isNull();
    }

    @Test
    void fieldsOfFilesAreStricter() {
        assertThat(stored("2020-01-05 10:11:12.123456789"))
                .isEqualTo("2020-01-05 10:11:12.123456789");
        assertThat(stored("2020-01-05")).isNull();
        assertThat(stored("2020-01-05 10:11")).isNull();
        assertThat(stored("2020-01-05 10:11:12.1234567891")).isNull();
        assertThat(stored("2020-01-05 10:11:12 UTC")).isNull();
    }

    @Test
    void readsAndPrintsTimestampsWithLocalTimeZone() {
        assertThat(local("2020-01-01 00:00:00")).isEqualTo("2020-01-01 00:00:00.0 US/Pacific");
        assertThat(local("2020-01-01 00:00:00 America/New_York"))
                .isEqualTo("2019-12-31 21:00:00.0 US/Pacific");
        assertThat(local("2020-01-01 00:00:00.25+8:00"))
                .isEqualTo("2019-12-31 08:00:00.25 US/Pacific");
        assertThat(local("2020-01-01 UTC")).isEqualTo("2019-12-31 16:00:00.0 US/Pacific");
        assertThat(local("2020-01-01")).isEqualTo("2020-01-01 00:00:00.0 US/Pacific");
        assertThat(local("2020-03-08 02:30:00")).isEqualTo("2020-03-08 03:30:00.0 US/Pacific");
        assertThat(local("2020-01-01 00:00:00 Nowhere/Atall")).isNull();
        assertThat(local("2020-1-1 00:00:00")).isNull();
        assertThat(local("2020-01-01 0:00:00")).isNull();
        assertThat(local("abc")).isNull();
    }

    private String yearMonth(String text) {
        byte[] bytes = padded(text);
        if (!IntervalText.parseYearMonth(bytes, 1, bytes.length - 2, parsed)) {
            return null;
        }
        ByteSink out = new ByteSink();
        IntervalText.appendYearMonth(parsed.value(), out);
        return out.toString();
    }

    private String dayTime(String text) {
        byte[] bytes = padded(text);
        if (!IntervalText.parseDayTime(bytes, 1, bytes.length - 2, parsed)) {
            return null;
        }
        ByteSink out = new ByteSink();
        IntervalText.appendDayTime(parsed.value(), parsed.nanos(), out);
        return out.toString();
    }

    @Test
    void readsAndPrintsIntervals() {
        assertThat(yearMonth("1-2")).isEqualTo("1-2");
        assertThat(yearMonth("-1-2")).isEqualTo("-1-2");
        assertThat(yearMonth("+0-11")).isEqualTo("0-11");
        assertThat(yearMonth("1-12")).isNull();
        assertThat(yearMonth("1")).isNull();
        assertThat(yearMonth("178956971-0")).isNull();
        assertThat(dayTime("1 2:3:4.5")).isEqualTo("1 02:03:04.500000000");
        assertThat(dayTime("-1 2:3:4.000000001")).isEqualTo("-1 02:03:04.000000001");
        assertThat(dayTime("29 00:00:00")).isEqualTo("29 00:00:00.000000000");
        assertThat(dayTime("1 24:00:00")).isNull();
        assertThat(dayTime("1 2:3")).isNull();
        assertThat(dayTime("1 2:3:4.")).isNull();
    }

    @Test
    void civilDatesAgreeWithTheJdk() {
        long seed = System.nanoTime();
        System.out.println("DateTimeTextTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            long days = i < 50_000 ? i - 25_000 : random.nextInt();
            LocalDate date = LocalDate.ofEpochDay(days);
            long packed = CivilDate.fromDays(days);
            assertThat(CivilDate.year(packed)).isEqualTo(date.getYear());
            assertThat(CivilDate.month(packed)).isEqualTo(date.getMonthValue());
            assertThat(CivilDate.day(packed)).isEqualTo(date.getDayOfMonth());
            assertThat(CivilDate.toDays(date.getYear(), date.getMonthValue(), date.getDayOfMonth()))
                    .isEqualTo(days);
            assertThat(CivilDate.isoDayOfWeek(days)).isEqualTo(date.getDayOfWeek().getValue());
            assertThat(CivilDate.dayOfYear(days)).isEqualTo(date.getDayOfYear());
            assertThat(CivilDate.isoWeek(days))
                    .isEqualTo(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            int months = random.nextInt(200) - 100;
            assertThat(CivilDate.plusMonths(days, months))
                    .isEqualTo(date.plusMonths(months).toEpochDay());
            assertThat(CivilDate.monthLength(date.getYear(), date.getMonthValue()))
                    .isEqualTo(date.lengthOfMonth());
        }
    }
}
