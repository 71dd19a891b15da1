package org.skep.columnar.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.storage.TableWriter;
import org.skep.storage.WrittenFile;
import org.skep.types.DataType;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

class TextWriterTest {
    private static final String ALL_TYPES =
            "a tinyint;b smallint;c int;d bigint;e float;f double;g decimal(10,3);h boolean;"
                    + "i string;j char(4);k varchar(4);l binary;m date;n timestamp;"
                    + "o timestamp with local time zone;p array<int>;q map<string,double>;"
                    + "r struct<x:int,y:array<string>>;s uniontype<int,string>";

    @TempDir Path directory;

    private TextTable table(String name, String columns) {
        return new TextTable(directory.resolve(name), columns);
    }

    @Test
    void writesFieldsAsHiveDoes() throws Exception {
        String line =
                "1\0012\0013\0014\0010.1\0011.0E10\0013.140\001true\001text\001ab  \001ab\001aGk=\001"
                        + "2020-01-01\0012020-01-01 10:11:12.5\0012020-01-01 00:00:00.0 US/Pacific\001"
                        + "1\0022\001k\0031.5\002l\003\\N\0017\002p\003q\0011\002u\n"
                        + "\\N\001".repeat(18)
                        + "\\N\n";
        TextTable source = table("source", ALL_TYPES).content(line);
        TextTable target = table("target", ALL_TYPES);
        WrittenFile written = target.copyFrom(source);
        assertThat(target.text()).isEqualTo(line);
        assertThat(written.rowCount()).isEqualTo(2);
        assertThat(written.byteCount()).isEqualTo(line.length());
        assertThat(written.stagedPath()).isEqualTo(target.file.toString());
        assertThat(target.rows()).isEqualTo(source.rows());
        assertThat(target.memory.reserved()).isZero();
    }

    @Test
    void escapesOnlyWithAnEscapeCharacter() throws Exception {
        BytesVector strings = new BytesVector(DataType.STRING, 2);
        strings.set(0, "a,b\\c\nd");
        strings.set(1, "x\u0002y");
        TextTable escaped =
                table("escaped", "a string")
                        .with("field.delim", ",")
                        .with("escape.delim", "\\")
                        .with("serialization.escape.crlf", "true");
        try (TableWriter writer = escaped.writer()) {
            writer.write(ColumnBatch.dense(new ColumnVector[] {strings}, 2));
            writer.finish();
        }
        assertThat(escaped.text()).isEqualTo("a\\,b\\\\c\\nd\nx\\\u0002y\n");
        assertThat(escaped.rows()).containsExactly("a,b\\c\nd", "x\u0002y");
        TextTable plain = table("plain", "a string").with("field.delim", ",");
        try (TableWriter writer = plain.writer()) {
            writer.write(ColumnBatch.dense(new ColumnVector[] {strings}, 1));
            writer.finish();
        }
        assertThat(plain.text()).isEqualTo("a,b\\c\nd\n");
    }

    @Test
    void writesSelectedRowsOfAnyEncoding() throws Exception {
        LongVector numbers = new LongVector(DataType.INT, new long[] {10, 20, 30});
        numbers.setNull(1);
        ColumnVector[] columns = {
            numbers,
            new ConstantVector(new LongVector(DataType.INT, new long[] {7})),
            new DictionaryVector(
                    new LongVector(DataType.INT, new long[] {1, 2}), 2, new int[] {1, 0, -1}, true)
        };
        TextTable table = table("t", "a int;b int;c int").with("field.delim", ",");
        try (TableWriter writer = table.writer()) {
            writer.write(new ColumnBatch(columns, Selection.of(new int[] {1, 2}, 2)));
            assertThat(writer.bytesSoFar()).isPositive();
            writer.finish();
        }
        assertThat(table.text()).isEqualTo("\\N,7,1\n30,7,\\N\n");
    }

    @Test
    void closingWithoutFinishDeletesTheFile() {
        TextTable table = table("t", "a int");
        try (TableWriter writer = table.writer()) {
            writer.write(
                    ColumnBatch.dense(
                            new ColumnVector[] {new LongVector(DataType.INT, new long[] {1})}, 1));
        }
        assertThat(Files.exists(table.file)).isFalse();
        assertThat(table.memory.reserved()).isZero();
    }

    @Test
    void anEmptyFileHasNoRows() throws Exception {
        TextTable table = table("t", "a int");
        try (TableWriter writer = table.writer()) {
            assertThat(writer.finish().rowCount()).isZero();
        }
        assertThat(Files.size(table.file)).isZero();
        assertThat(table.rows()).isEmpty();
    }

    @Test
    void whatIsWrittenReadsBackTheSame() throws Exception {
        long seed = System.nanoTime();
        System.out.println("TextWriterTest seed " + seed);
        Random random = new Random(seed);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            lines.append(number(random, 1 << 7)).append('\001');
            lines.append(number(random, 1 << 15)).append('\001');
            lines.append(number(random, Integer.MAX_VALUE)).append('\001');
            lines.append(random.nextLong()).append('\001');
            lines.append(Float.intBitsToFloat(random.nextInt())).append('\001');
            lines.append(Double.longBitsToDouble(random.nextLong())).append('\001');
            lines.append(number(random, 9_999_999)).append(".").append(random.nextInt(1000));
            lines.append('\001').append(random.nextBoolean()).append('\001');
            lines.append(word(random)).append('\001');
            lines.append(word(random)).append('\001').append(word(random)).append('\001');
            lines.append("aGkh").append('\001');
            lines.append(java.time.LocalDate.ofEpochDay(random.nextInt(40_000))).append('\001');
            lines.append("2020-05-06 07:08:09.").append(random.nextInt(1_000_000_000));
            lines.append('\001').append("2021-06-07 08:09:10 UTC").append('\001');
            lines.append(random.nextInt()).append('\002').append(random.nextInt()).append('\001');
            lines.append(word(random)).append('\003').append(random.nextDouble()).append('\001');
            lines.append(random.nextInt()).append('\002').append(word(random)).append('\001');
            lines.append("1\002").append(word(random)).append('\n');
        }
        TextTable source = table("source", ALL_TYPES).content(lines.toString());
        TextTable target =
                table("target", ALL_TYPES).with("field.delim", "|").with("escape.delim", "\\");
        target.copyFrom(source);
        assertThat(target.rows()).isEqualTo(source.rows());
        assertThat(target.rows(1000, 8, 3)).isEqualTo(source.rows(5000, 8, 3));
    }

    private static String number(Random random, int bound) {
        return random.nextInt(10) == 0 ? "\\N" : Integer.toString(random.nextInt(bound));
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        int length = random.nextInt(8);
        for (int i = 0; i < length; i++) {
            word.append("ab|\\ é,漢".charAt(random.nextInt(8)));
        }
        return word.toString();
    }
}
