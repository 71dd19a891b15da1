package org.skep.functions.cast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.base.error.SkepException;
import org.skep.functions.api.EvalContext.Damage;
import org.skep.functions.sql.Calls;
import org.skep.functions.sql.Evaluator;
import org.skep.functions.sql.FixedContext;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.text.ByteSink;
import org.skep.types.text.ValueText;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DatumVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

class CastsTest {
    private static final List<String> TYPES =
            List.of(
                    "boolean",
                    "tinyint",
                    "smallint",
                    "int",
                    "bigint",
                    "float",
                    "double",
                    "decimal(20,3)",
                    "string",
                    "varchar(3)",
                    "char(4)",
                    "binary",
                    "date",
                    "timestamp",
                    "timestamp with local time zone",
                    "interval_year_month",
                    "interval_day_time");

    // One line a source in the order of TYPES, one mark a target: x casts, s only unless
    // hive.strict.timestamp.conversion, . never.
    private static final List<String> MATRIX =
            List.of(
                    "xxxxxxxxxxx..x...",
                    "xxxxxxxxxxx..s...",
                    "xxxxxxxxxxx..s...",
                    "xxxxxxxxxxx..s...",
                    "xxxxxxxxxxx..s...",
                    "xxxxxxxxxxx..s...",
                    "xxxxxxxxxxx..s...",
                    "xxxxxxxxxxx..s...",
                    "xxxxxxxxxxxxxxxxx",
                    "xxxxxxxxxxxxxxxxx",
                    "xxxxxxxxxxxxxxxxx",
                    "........xxxx.....",
                    "s.......xxx.xxx..",
                    "ssssssssxxx.xxx..",
                    "........xxx.xxx..",
                    "........xxx....x.",
                    "........xxx.....x");

    private static String text(Datum datum) {
        if (datum.isNull()) {
            return "NULL";
        }
        ByteSink sink = new ByteSink();
        ValueText.append(DatumVector.constant(datum), 0, sink, ZoneId.of("US/Pacific"));
        return sink.toString();
    }

    @Test
    void knowsWhichPairsThereAre() {
        List<String> actual = new ArrayList<>();
        for (String from : TYPES) {
            StringBuilder line = new StringBuilder();
            for (String to : TYPES) {
                line.append(mark(DataType.parse(from), DataType.parse(to)));
            }
            actual.add(line.toString());
        }
        assertThat(actual).isEqualTo(MATRIX);
    }

    private static char mark(DataType from, DataType to) {
        if (!allowed(from, to, false)) {
            return '.';
        }
        return allowed(from, to, true) ? 'x' : 's';
    }

    private static boolean allowed(DataType from, DataType to, boolean strict) {
        try {
            Casts.check(from, to, strict);
            return true;
        } catch (SkepException e) {
            return false;
        }
    }

    @Test
    void everyPairHasAKernelThatTakesFlatConstantAndSparseVectors() {
        List<Datum> samples = samples();
        for (int a = 0; a < TYPES.size(); a++) {
            for (String name : TYPES) {
                DataType from = DataType.parse(TYPES.get(a));
                DataType to = DataType.parse(name);
                if (Casts.exists(from, to) && allowed(from, to, true)) {
                    Datum result = new Calls().cast(samples.get(a), to);
                    assertThat(result.type()).isEqualTo(to);
                }
            }
        }
    }

    private static List<Datum> samples() {
        Calls calls = new Calls();
        List<Datum> samples = new ArrayList<>();
        for (String literal :
                List.of(
                        "true",
                        "-7Y",
                        "300S",
                        "70000",
                        "5000000000L",
                        "cast('1.5' as float)",
                        "2.5e10",
                        "cast('12345678901234567.125' as decimal(20,3))",
                        "'2020-01-02 03:04:05.678'",
                        "cast('12' as varchar(3))",
                        "cast('1 ' as char(4))",
                        "cast('xyz' as binary)",
                        "date '2020-02-29'",
                        "timestamp '1969-12-31 23:59:59.999999999'",
                        "cast('2020-07-01 12:00:00 Europe/Paris' as timestamp with local time zone)",
                        "interval '1-2' year to month",
                        "interval '1 2:3:4.5' day to second")) {
            samples.add(Evaluator.evaluate(literal, calls));
        }
        return samples;
    }

    @Test
    void convertsLikeHive() {
        Calls calls = new Calls();
        List<String> wrong = new ArrayList<>();
        for (String line :
                List.of(
                        "cast(128 as tinyint) | -128",
                        "cast(-32769L as smallint) | 32767",
                        "cast(3e9 as int) | 2147483647",
                        "cast(-1e30 as bigint) | -9223372036854775808",
                        "cast(cast('NaN' as double) as int) | 0",
                        "cast(300.7e0 as tinyint) | 44",
                        "cast(127.9 as tinyint) | 127",
                        "cast(128.0 as tinyint) | NULL",
                        "cast(-99999999999.5 as bigint) | -99999999999",
                        "cast('9223372036854775808' as bigint) | NULL",
                        "cast('-9223372036854775808' as bigint) | -9223372036854775808",
                        "cast(16777217 as float) | 1.6777216E7",
                        "cast(9007199254740993L as double) | 9.007199254740992E15",
                        "cast('1e400' as double) | Infinity",
                        "cast(0.1 as double) | 0.1",
                        "cast(123456789012345678901234567890.5 as double) | NULL",
                        "cast(1e10 as decimal(10,0)) | NULL",
                        "cast(9999999999e0 as decimal(10,0)) | 9999999999",
                        "cast(0.1e0 as decimal(20,19)) | 0.1000000000000000000",
                        "cast(cast('NaN' as double) as decimal(10,0)) | NULL",
                        "cast(cast(0.1 as float) as decimal(10,9)) | 0.100000000",
                        "cast(99.995 as decimal(4,2)) | NULL",
                        "cast(99.994 as decimal(4,2)) | 99.99",
                        "cast(-0.005 as decimal(3,2)) | -0.01",
                        "cast(100 as decimal(2,0)) | NULL",
                        "cast(9223372036854775807L as decimal(38,18)) |"
                                + " 9223372036854775807.000000000000000000",
                        "cast(cast('99999999999999999999999999999999999999' as decimal(38,0)) as"
                                + " decimal(38,1)) | NULL",
                        "cast(true as decimal(3,1)) | 1.0",
                        "cast(0.4e0 as boolean) | true",
                        "cast(0.0 as boolean) | false",
                        "cast('FALSE' as boolean) | false",
                        "cast(cast('99999999999999999999' as decimal(20,0)) as double) | 1.0E20",
                        "cast(cast('100000000000000000000' as decimal(21,0)) as double) | NULL",
                        "cast(cast('100000000000000000000' as decimal(21,0)) as boolean) | NULL",
                        "cast(cast('0.00000000000000000001' as decimal(38,20)) as float) | 0.0",
                        "cast(cast('0.00000000000000000001' as decimal(38,20)) as boolean) | false",
                        "length(cast(cast('12' as char(5)) as binary)) | 5",
                        "cast('2019-02-29' as timestamp with local time zone) |"
                                + " 2019-02-28 00:00:00.0 US/Pacific",
                        "cast('2020-02-32' as timestamp with local time zone) | NULL",
                        "cast(true as timestamp) | 1970-01-01 00:00:00.001",
                        "cast(false as string) | FALSE",
                        "cast(-1.5e0 as varchar(2)) | -1",
                        "cast('añb' as varchar(2)) | añ",
                        "concat(cast('ab  ' as char(3)), '|') | ab|",
                        "concat(cast('ab  ' as varchar(3)), '|') | ab |",
                        "cast(cast(1.10 as decimal(5,3)) as string) | 1.100",
                        "cast(timestamp '2020-01-02 23:00:00' as date) | 2020-01-02",
                        "cast(date '1969-12-31' as timestamp) | 1969-12-31 00:00:00",
                        "cast(timestamp '1969-12-31 23:59:59.5' as date) | 1969-12-31",
                        "cast(cast('2020-07-01 12:00:00 UTC' as timestamp with local time zone) as"
                                + " timestamp) | 2020-07-01 05:00:00",
                        "cast(cast('2020-07-01 03:00:00 UTC' as timestamp with local time zone) as"
                                + " date) | 2020-06-30",
                        "cast(interval '1-2' year to month as string) | 1-2",
                        "cast('3-4' as interval_year_month) | 3-4",
                        "cast('x' as interval_day_time) | NULL",
                        "cast(null as date) | NULL",
                        "cast(array('1', 'x', null) as array<int>) | [1,null,null]",
                        "cast(map('a', 1.5) as map<string,int>) | {\"a\":1}",
                        "cast(named_struct('a', '1', 'b', 2) as struct<x:int,y:string>) |"
                                + " {\"x\":1,\"y\":\"2\"}")) {
            int bar = line.indexOf(" |");
            String expression = line.substring(0, bar);
            String expected = line.substring(bar + 2).stripLeading();
            String actual = text(Evaluator.evaluate(expression, calls));
            if (!actual.equals(expected)) {
                wrong.add(expression + " gives " + actual);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void countsTimestampsAsHiveDoes() {
        assertThat(converted(Datum.ofInt(0), DataType.TIMESTAMP)).isEqualTo("1970-01-01 00:00:00");
        assertThat(converted(Datum.ofDouble(1.5), DataType.TIMESTAMP))
                .isEqualTo("1970-01-01 00:00:01.5");
        Datum time = Evaluator.evaluate("timestamp '2011-01-01 01:01:01.5'", new Calls());
        assertThat(converted(time, DataType.INT)).isEqualTo("1293872461");
        assertThat(converted(time, DataType.DOUBLE)).isEqualTo("1.2938724615E9");
        assertThat(converted(time, DataType.parse("decimal(20,2)"))).isEqualTo("1293843661.50");
        assertThat(converted(time, DataType.TINYINT)).isEqualTo("NULL");
        assertThat(converted(time, DataType.BOOLEAN)).isEqualTo("true");
        Datum date = Evaluator.evaluate("date '2011-01-01'", new Calls());
        assertThat(converted(date, DataType.BOOLEAN)).isEqualTo("NULL");
    }

    private static String converted(Datum value, DataType type) {
        ColumnVector out = ColumnVector.create(type, 1);
        Casts.kernel(value.type(), type)
                .evaluate(
                        new ColumnVector[] {DatumVector.constant(value)},
                        Selection.all(1),
                        out,
                        new FixedContext());
        return text(DatumVector.read(out, 0));
    }

    @Test
    void countsDamage() {
        FixedContext context = new FixedContext();
        LongVector numbers = new LongVector(DataType.INT, new long[] {1, 300, -5, 128});
        cast(numbers, "tinyint", context);
        assertThat(context.damaged(Damage.WRAPPED)).isEqualTo(2);
        cast(numbers, "decimal(2,0)", context);
        assertThat(context.damaged(Damage.TURNED_NULL)).isEqualTo(2);
        cast(numbers, "varchar(2)", context);
        assertThat(context.damaged(Damage.TRUNCATED)).isEqualTo(2);
    }

    private static void cast(ColumnVector vector, String to, FixedContext context) {
        DataType type = DataType.parse(to);
        Casts.kernel(vector.type(), type)
                .evaluate(
                        new ColumnVector[] {vector},
                        Selection.all(4),
                        ColumnVector.create(type, 4),
                        context);
    }

    @Test
    void saysWhyACastIsRefused() {
        assertThatThrownBy(() -> Casts.check(DataType.INT, DataType.TIMESTAMP, true))
                .hasMessageContaining("Casting NUMERIC types to TIMESTAMP is prohibited");
        assertThatThrownBy(() -> Casts.check(DataType.TIMESTAMP, DataType.BIGINT, true))
                .hasMessageContaining("Casting DATE/TIMESTAMP types to NUMERIC is prohibited");
        assertThatThrownBy(() -> Casts.check(DataType.parse("array<int>"), DataType.STRING, true))
                .hasMessageContaining("The function STRING takes only primitive types");
        assertThatThrownBy(() -> Casts.check(DataType.BINARY, DataType.INT, false))
                .hasMessage("Cannot cast binary to: int");
    }
}
