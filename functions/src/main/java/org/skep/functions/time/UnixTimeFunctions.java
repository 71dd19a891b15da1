package org.skep.functions.time;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.EvalContext.Damage;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.api.ScalarFunction.Stability;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.row.Flat;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.text.CivilDate;
import org.skep.types.text.Parsed;
import org.skep.types.text.TimestampText;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** Functions between points in time, seconds since the epoch and formatted texts. */
final class UnixTimeFunctions {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final String PATTERN = "yyyy-MM-dd HH:mm:ss";

    private UnixTimeFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(
                now("current_date", DataType.DATE, "the current date"),
                now("current_timestamp", DataType.TIMESTAMP, "the current timestamp"),
                ScalarFunction.named("unix_timestamp")
                        .boundBy(arguments -> bindSeconds("unix_timestamp", arguments, 0))
                        .nullInNullOut()
                        .stability(Stability.STATEMENT)
                        .describedAs(
                                "unix_timestamp(date[, pattern]) - Converts the time to a number")
                        .example("unix_timestamp('1970-01-01 00:00:00')", "28800L")
                        .example("unix_timestamp('2020-01-01', 'yyyy-MM-dd')", "1577865600L")
                        .example("unix_timestamp('bad')", "NULL")
                        .implementedBy((types, returned) -> new Seconds()),
                ScalarFunction.named("to_unix_timestamp")
                        .boundBy(arguments -> bindSeconds("to_unix_timestamp", arguments, 1))
                        .nullInNullOut()
                        .describedAs(
                                "to_unix_timestamp(date[, pattern]) - Returns the UNIX timestamp")
                        .example("to_unix_timestamp('1970-01-01 00:00:00')", "28800L")
                        .implementedBy((types, returned) -> new Seconds()),
                ScalarFunction.named("from_unixtime")
                        .boundBy(UnixTimeFunctions::bindFromUnixTime)
                        .nullInNullOut()
                        .describedAs(
                                "from_unixtime(unix_time, format) - returns unix_time in the"
                                        + " specified format")
                        .example("from_unixtime(0)", "'1969-12-31 16:00:00'")
                        .example("from_unixtime(0, 'yyyy-MM-dd HH:mm:ss')", "'1969-12-31 16:00:00'")
                        .evaluatedByNew(FromUnixTime::new),
                ScalarFunction.named("date_format")
                        .boundBy(UnixTimeFunctions::bindDateFormat)
                        .nullInNullOut()
                        .describedAs(
                                "date_format(date/timestamp/string, fmt) - converts a"
                                        + " date/timestamp/string to a value of string in the"
                                        + " format specified by the date format fmt.")
                        .example("date_format('2020-05-17', 'yyyy/MM/dd EEE')", "'2020/05/17 Sun'")
                        .example("date_format('2020-05-17 13:14:15', 'hh:mm a')", "'01:14 PM'")
                        .evaluatedByNew(DateFormat::new),
                zoned("from_utc_timestamp", "'2019-12-31 16:00:00'", true),
                zoned("to_utc_timestamp", "'2020-01-01 08:00:00'", false),
                ScalarFunction.named("to_epoch_milli")
                        .boundBy(UnixTimeFunctions::bindEpochMilli)
                        .nullInNullOut()
                        .describedAs("to_epoch_milli(timestamp) - Milliseconds since the epoch")
                        .example("to_epoch_milli('1970-01-01 00:00:01')", "1000L")
                        .evaluatedBy(
                                (arguments, selection, out, context) ->
                                        epochMillis(arguments, selection, out)));
    }

    private static ScalarFunction now(String name, DataType type, String text) {
        return ScalarFunction.named(name)
                .takes()
                .returns(type)
                .stability(Stability.STATEMENT)
                .describedAs(name + "() - Returns " + text + " at the start of the statement")
                .evaluatedBy((arguments, selection, out, context) -> now(selection, out, context));
    }

    private static void now(Selection selection, ColumnVector out, EvalContext context) {
        Instant instant = context.queryInstant();
        long second = instant.getEpochSecond();
        int nanos = instant.getNano();
        long utc = second * MICROS_PER_SECOND + nanos / 1000;
        long micros = TimestampText.toLocal(utc, context.zone());
        LongVector results = (LongVector) out;
        boolean date = out.type().kind() == TypeKind.DATE;
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            if (date) {
                results.values()[i] = CivilDate.daysOfMicros(micros);
            } else {
                results.set(i, micros, nanos % 1000);
            }
        }
    }

    private static Binding bindSeconds(String name, List<Argument> arguments, int least) {
        TimeArguments.requireCount(name, arguments, least, 2);
        if (arguments.isEmpty()) {
            return new Binding(List.of(), DataType.BIGINT);
        }
        TimeArguments.requireTime(name, arguments, 0);
        DataType type = arguments.get(0).type();
        DataType first =
                switch (type.kind()) {
                    case TIMESTAMP_LOCAL_TZ -> type;
                    case DATE, TIMESTAMP -> DataType.TIMESTAMP;
                    default -> DataType.STRING;
                };
        if (arguments.size() == 1) {
            return new Binding(List.of(first), DataType.BIGINT);
        }
        TimeArguments.requireText(name, arguments, 1);
        return new Binding(List.of(first, DataType.STRING), DataType.BIGINT);
    }

    /** Seconds since the epoch. Confined to one thread. */
    private static final class Seconds implements ScalarKernel {
        private final TextFormatter formatter = new TextFormatter();
        private final Parsed parsed = new Parsed();

        @Override
        public void evaluate(
                ColumnVector[] arguments,
                Selection selection,
                ColumnVector out,
                EvalContext context) {
            ZoneId zone = context.zone();
            long[] results = ((LongVector) out).values();
            int lost = 0;
            for (int k = 0; k < selection.count(); k++) {
                int i = selection.position(k);
                if (arguments.length == 0) {
                    results[i] = context.queryInstant().getEpochSecond();
                } else if (Flat.of(arguments[0]) instanceof LongVector times) {
                    long micros = times.values()[i & Flat.mask(arguments[0])];
                    boolean instant = times.type().kind() == TypeKind.TIMESTAMP_LOCAL_TZ;
                    long utc = instant ? micros : TimestampText.toInstant(micros, zone);
                    results[i] = Math.floorDiv(utc, MICROS_PER_SECOND);
                } else {
                    Long second = second(arguments, i, zone);
                    if (second == null) {
                        out.setNull(i);
                        lost++;
                    } else {
                        results[i] = second;
                    }
                }
            }
            if (lost > 0) {
                context.damage(Damage.TURNED_NULL, lost);
            }
        }

        private Long second(ColumnVector[] arguments, int row, ZoneId zone) {
            BytesVector texts = Flat.bytes(arguments[0]);
            int i = row & Flat.mask(arguments[0]);
            if (arguments.length == 2) {
                String pattern = Flat.bytes(arguments[1]).stringAt(row & Flat.mask(arguments[1]));
                return formatter.parseSecond(texts.stringAt(i), pattern, zone);
            }
            if (!TimestampText.parse(texts.data(), texts.starts()[i], texts.lengths()[i], parsed)) {
                return null;
            }
            long micros = TimestampText.toInstant(parsed.value(), zone);
            return Math.floorDiv(micros, MICROS_PER_SECOND);
        }
    }

    private static Binding bindFromUnixTime(List<Argument> arguments) {
        TimeArguments.requireCount("from_unixtime", arguments, 1, 2);
        TimeArguments.requireInteger("from_unixtime", arguments, 0);
        if (arguments.size() == 1) {
            return new Binding(List.of(DataType.BIGINT), DataType.STRING);
        }
        TimeArguments.requireText("from_unixtime", arguments, 1);
        return new Binding(List.of(DataType.BIGINT, DataType.STRING), DataType.STRING);
    }

    /** Seconds since the epoch as text. Confined to one thread. */
    private static final class FromUnixTime implements ScalarKernel {
        private final TextFormatter formatter = new TextFormatter();

        @Override
        public void evaluate(
                ColumnVector[] arguments,
                Selection selection,
                ColumnVector out,
                EvalContext context) {
            long[] seconds = Flat.longs(arguments[0]).values();
            int mask = Flat.mask(arguments[0]);
            BytesVector results = (BytesVector) out;
            long limit = Long.MAX_VALUE / MICROS_PER_SECOND - 1_000_000;
            for (int k = 0; k < selection.count(); k++) {
                int i = selection.position(k);
                long second = seconds[i & mask];
                String pattern =
                        arguments.length == 1
                                ? PATTERN
                                : Flat.bytes(arguments[1]).stringAt(i & Flat.mask(arguments[1]));
                String text = null;
                if (second < limit && second > -limit) {
                    long local = TimestampText.toLocal(second * MICROS_PER_SECOND, context.zone());
                    text = formatter.format(local, 0, pattern, context.zone());
                }
                if (text == null) {
                    out.setNull(i);
                } else {
                    results.set(i, text);
                }
            }
        }
    }

    private static Binding bindDateFormat(List<Argument> arguments) {
        TimeArguments.requireCount("date_format", arguments, 2, 2);
        TimeArguments.requireTime("date_format", arguments, 0);
        TimeArguments.requireText("date_format", arguments, 1);
        return new Binding(List.of(DataType.TIMESTAMP, DataType.STRING), DataType.STRING);
    }

    /** A point in time by a pattern. Confined to one thread. */
    private static final class DateFormat implements ScalarKernel {
        private final TextFormatter formatter = new TextFormatter();

        @Override
        public void evaluate(
                ColumnVector[] arguments,
                Selection selection,
                ColumnVector out,
                EvalContext context) {
            LongVector times = Flat.longs(arguments[0]);
            int mask = Flat.mask(arguments[0]);
            BytesVector patterns = Flat.bytes(arguments[1]);
            int patternMask = Flat.mask(arguments[1]);
            for (int k = 0; k < selection.count(); k++) {
                int i = selection.position(k);
                String text =
                        formatter.format(
                                times.values()[i & mask],
                                times.nanosAt(i & mask),
                                patterns.stringAt(i & patternMask),
                                context.zone());
                if (text == null) {
                    out.setNull(i);
                } else {
                    ((BytesVector) out).set(i, text);
                }
            }
        }
    }

    private static ScalarFunction zoned(String name, String result, boolean fromUtc) {
        return ScalarFunction.named(name)
                .boundBy(
                        arguments -> {
                            TimeArguments.requireCount(name, arguments, 2, 2);
                            TimeArguments.requireTime(name, arguments, 0);
                            TimeArguments.requireText(name, arguments, 1);
                            return new Binding(
                                    List.of(DataType.TIMESTAMP, DataType.STRING),
                                    DataType.TIMESTAMP);
                        })
                .nullInNullOut()
                .describedAs(
                        name
                                + "(timestamp, string timezone) - "
                                + (fromUtc
                                        ? "Assumes given timestamp is UTC and converts to given"
                                                + " timezone"
                                        : "Assumes given timestamp is in given timezone and"
                                                + " converts to UTC"))
                .example(
                        name + "('2020-01-01 00:00:00', 'America/Los_Angeles')",
                        "TIMESTAMP " + result)
                .evaluatedBy(
                        (arguments, selection, out, context) ->
                                shift(arguments, selection, (LongVector) out, fromUtc));
    }

    private static void shift(
            ColumnVector[] arguments, Selection selection, LongVector out, boolean fromUtc) {
        LongVector times = Flat.longs(arguments[0]);
        int mask = Flat.mask(arguments[0]);
        BytesVector zones = Flat.bytes(arguments[1]);
        int zoneMask = Flat.mask(arguments[1]);
        ZoneId zone = null;
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            if (zone == null || zoneMask != 0) {
                // A zone that nobody knows is UTC, as in Hive.
                zone = TimestampText.zone(zones.stringAt(i & zoneMask));
                zone = zone == null ? java.time.ZoneOffset.UTC : zone;
            }
            long micros = times.values()[i & mask];
            out.set(
                    i,
                    fromUtc
                            ? TimestampText.toLocal(micros, zone)
                            : TimestampText.toInstant(micros, zone),
                    times.nanosAt(i & mask));
        }
    }

    private static Binding bindEpochMilli(List<Argument> arguments) {
        TimeArguments.requireCount("to_epoch_milli", arguments, 1, 1);
        TimeArguments.requireTime("to_epoch_milli", arguments, 0);
        DataType type = arguments.get(0).type();
        boolean instant = type.kind() == TypeKind.TIMESTAMP_LOCAL_TZ;
        return new Binding(List.of(instant ? type : DataType.TIMESTAMP), DataType.BIGINT);
    }

    private static void epochMillis(
            ColumnVector[] arguments, Selection selection, ColumnVector out) {
        long[] micros = Flat.longs(arguments[0]).values();
        int mask = Flat.mask(arguments[0]);
        long[] results = ((LongVector) out).values();
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            results[i] = Math.floorDiv(micros[i & mask], 1000L);
        }
    }
}
