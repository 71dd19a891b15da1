package org.skep.types.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.skep.types.DataType;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.MapVector;
import org.skep.types.vector.StructVector;
import org.skep.types.vector.UnionVector;

class ValueTextTest {
    private static final ZoneId PACIFIC = ZoneId.of("US/Pacific");

    private static String print(ColumnVector vector, int row) {
        ByteSink out = new ByteSink();
        ValueText.append(vector, row, out, PACIFIC);
        if (!vector.isNull(row)
                && !(vector instanceof ConstantVector || vector instanceof DictionaryVector)) {
            ByteSink again = new ByteSink();
            ValueText.formatter(vector.type(), PACIFIC).append(vector, row, again);
            assertThat(again.toString()).isEqualTo(out.toString());
        }
        return out.toString();
    }

    private static LongVector longs(String type, long value, int nanos) {
        LongVector vector = new LongVector(DataType.parse(type), 2);
        vector.set(0, value, nanos);
        return vector;
    }

    private static BytesVector bytes(String type, String value) {
        BytesVector vector = new BytesVector(DataType.parse(type), 2);
        vector.set(0, value);
        return vector;
    }

    @Test
    void printsScalars() {
        assertThat(print(longs("int", -5, 0), 0)).isEqualTo("-5");
        assertThat(print(longs("date", 18262, 0), 0)).isEqualTo("2020-01-01");
        assertThat(print(longs("timestamp", 1577836800100000L, 0), 0))
                .isEqualTo("2020-01-01 00:00:00.1");
        assertThat(print(longs("timestamp with local time zone", 1577865600000000L, 5), 0))
                .isEqualTo("2020-01-01 00:00:00.000000005 US/Pacific");
        assertThat(print(longs("interval_year_month", 14, 0), 0)).isEqualTo("1-2");
        assertThat(print(longs("interval_day_time", 29 * 86_400_000_000L, 0), 0))
                .isEqualTo("29 00:00:00.000000000");
        assertThat(print(bytes("string", "a\"b"), 0)).isEqualTo("a\"b");
        assertThat(print(bytes("char(5)", "äb"), 0)).isEqualTo("äb   ");
        assertThat(print(bytes("varchar(5)", "ab"), 0)).isEqualTo("ab");
        assertThat(print(bytes("binary", "a\nb"), 0)).isEqualTo("a\nb");
        BooleanVector booleans = new BooleanVector(2);
        booleans.values()[0] = true;
        assertThat(print(booleans, 0)).isEqualTo("true");
        assertThat(print(booleans, 1)).isEqualTo("false");
        DoubleVector floats = new DoubleVector(DataType.FLOAT, 1);
        floats.values()[0] = 0.1f;
        assertThat(print(floats, 0)).isEqualTo("0.1");
        DoubleVector doubles = new DoubleVector(DataType.DOUBLE, 1);
        doubles.values()[0] = 0.1f;
        assertThat(print(doubles, 0)).isEqualTo("0.10000000149011612");
    }

    @Test
    void printsDecimalsPaddedToTheirScale() {
        DecimalVector decimals = new DecimalVector(DataType.parse("decimal(38,3)"), 4);
        decimals.set(0, 3140);
        decimals.set(1, -5);
        decimals.set(2, new java.math.BigDecimal("-12345678901234567890123456789012345.678"));
        decimals.set(3, Long.MIN_VALUE);
        assertThat(print(decimals, 0)).isEqualTo("3.140");
        assertThat(print(decimals, 1)).isEqualTo("-0.005");
        assertThat(print(decimals, 2)).isEqualTo("-12345678901234567890123456789012345.678");
        assertThat(print(decimals, 3)).isEqualTo("-9223372036854775.808");
        DecimalVector tiny = new DecimalVector(DataType.parse("decimal(38,38)"), 1);
        tiny.set(0, 1);
        assertThat(print(tiny, 0)).isEqualTo("0.00000000000000000000000000000000000001");
    }

    @Test
    void printsNestedValuesAsHivesJson() {
        StructVector structs =
                (StructVector)
                        ColumnVector.create(
                                DataType.parse(
                                        "struct<col1:int,col2:string,d:date,e:decimal(5,2),f:float,c:char(3)>"),
                                1);
        ((LongVector) structs.field(0)).values()[0] = 1;
        ((BytesVector) structs.field(1)).set(0, "x\"\\\n\u0001é");
        ((LongVector) structs.field(2)).values()[0] = 0;
        ((DecimalVector) structs.field(3)).set(0, 110);
        ((DoubleVector) structs.field(4)).values()[0] = 0.1f;
        structs.field(5).setNull(0);
        assertThat(print(structs, 0))
                .isEqualTo(
                        "{\"col1\":1,\"col2\":\"x\\\"\\\\\\n\\u0001é\",\"d\":\"1970-01-01\",\"e\":1.1,\"f\":0.1,\"c\":null}");

        MapVector maps = (MapVector) ColumnVector.create(DataType.parse("map<int,string>"), 1);
        int at = maps.append(0, 1);
        ((LongVector) maps.keys()).values()[at] = 1;
        ((BytesVector) maps.values()).set(at, "a");
        assertThat(print(maps, 0)).isEqualTo("{1:\"a\"}");

        ListVector lists =
                (ListVector) ColumnVector.create(DataType.parse("array<array<boolean>>"), 2);
        lists.append(0, 2);
        ((ListVector) lists.elements()).append(0, 2);
        ((BooleanVector) ((ListVector) lists.elements()).elements()).values()[1] = true;
        lists.elements().setNull(1);
        lists.setNull(1);
        assertThat(print(lists, 0)).isEqualTo("[[false,true],null]");
        assertThat(print(lists, 1)).isEqualTo("NULL");

        UnionVector unions =
                (UnionVector) ColumnVector.create(DataType.parse("uniontype<int,timestamp>"), 1);
        unions.tags()[0] = 1;
        assertThat(print(unions, 0)).isEqualTo("{1:\"1970-01-01 00:00:00\"}");
    }

    @Test
    void looksThroughEncodings() {
        LongVector distinct = new LongVector(DataType.INT, new long[] {7, 8});
        assertThat(print(new ConstantVector(distinct), 99)).isEqualTo("7");
        DictionaryVector dictionary = new DictionaryVector(distinct, 2, new int[] {1, -1, 0}, true);
        assertThat(print(dictionary, 0)).isEqualTo("8");
        assertThat(print(dictionary, 1)).isEqualTo("NULL");
        assertThat(print(dictionary, 2)).isEqualTo("7");
    }
}
