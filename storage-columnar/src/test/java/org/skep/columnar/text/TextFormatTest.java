package org.skep.columnar.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.storage.BatchFilter;
import org.skep.storage.Split;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

class TextFormatTest {
    private static final String EXAMPLE =
            """
            1,hello,1.5,true,3.14,2020-01-01
            2,\\N,\\N,\\N,\\N,\\N
            abc,,xyz,maybe,99999.9,2020-13-01
            4,short
            5,x,1,TRUE,1.005,2020-01-02,extra,cols
            ,,,,,
             7 , sp ,  1.5 , false , 1.1 , 2020-01-03
            """;
    private static final String[] EXAMPLE_ROWS = {
        "1|hello|1.5|true|3.14|2020-01-01",
        "2|NULL|NULL|NULL|NULL|NULL",
        "NULL||NULL|NULL|NULL|NULL",
        "4|short|NULL|NULL|NULL|NULL",
        "5|x|1.0|true|1.01|2020-01-02",
        "NULL||NULL|NULL|NULL|NULL",
        "NULL| sp |1.5|NULL|1.10|2020-01-03"
    };

    @TempDir Path directory;

    private TextTable example(String fileName) {
        return new TextTable(
                        directory.resolve(fileName),
                        "a int;b string;c double;d boolean;e decimal(5,2);f date")
                .with("field.delim", ",");
    }

    private TextTable table(String columns) {
        return new TextTable(directory.resolve("table.txt"), columns);
    }

    @Test
    void readsLinesAsHiveDoes() throws Exception {
        TextTable table = example("t.csv").content(EXAMPLE);
        assertThat(table.rows()).containsExactly(EXAMPLE_ROWS);
        // abc, xyz, maybe, 99999.9, 2020-13-01, ' 7 ', ' false '.
        assertThat(table.damage).isEqualTo(7);
        assertThat(table.memory.reserved()).isZero();
    }

    @Test
    void everySplitGivesTheSameRows() throws Exception {
        for (String lineEnd : new String[] {"\n", "\r\n", "\r"}) {
            String text = EXAMPLE.replace("\n", lineEnd);
            TextTable table = example("t.csv").content(text);
            for (int size = 1; size < text.length() + 2; size++) {
                assertThat(table.rows(size, table.allColumns()))
                        .as("splits of %d bytes", size)
                        .containsExactly(EXAMPLE_ROWS);
            }
        }
    }

    @Test
    void batchesMayBeSmall() throws Exception {
        TextTable table = example("t.csv").content(EXAMPLE);
        for (int rows = 1; rows <= 3; rows++) {
            table.batchRows = rows;
            table.batches = 0;
            assertThat(table.rows()).containsExactly(EXAMPLE_ROWS);
            assertThat(table.batches).isEqualTo((7 + rows - 1) / rows);
        }
    }

    @Test
    void readsOnlyWantedColumnsInTheWantedOrder() throws Exception {
        TextTable table = example("t.csv").content(EXAMPLE);
        assertThat(table.rows(1000, 5, 0, 1))
                .startsWith("2020-01-01|1|hello", "NULL|2|NULL", "NULL|NULL|", "NULL|4|short");
        assertThat(table.rows(1000)).hasSize(7).containsOnly("");
        assertThat(table.rows(10)).hasSize(7);
    }

    @Test
    void theLastLineNeedsNoEnd() throws Exception {
        assertThat(table("a int").content("1\n2").rows()).containsExactly("1", "2");
        assertThat(table("a int").content("1\r\n2\r").rows()).containsExactly("1", "2");
        assertThat(table("a int").content("").rows()).isEmpty();
        assertThat(table("a string").content("\n\n\n").rows()).containsExactly("", "", "");
        assertThat(table("a string").content("\r\n\n\r\r").rows()).containsExactly("", "", "", "");
        assertThat(table("a int;b string").content("\n\n").rows())
                .containsExactly("NULL|NULL", "NULL|NULL");
    }

    @Test
    void readsNestedValuesWithDefaultSeparators() throws Exception {
        TextTable table =
                table(
                                "a array<int>;m map<string,int>;s struct<x:int,y:array<string>>;"
                                        + "n map<int,array<double>>;u uniontype<int,string>")
                        .content(
                                "1\0022\002\\N\002x\001k\0031\002j\0032\002k\0039\0017\002p\003q"
                                        + "\0011\0031.5\0042\0011\002text\n"
                                        + "\001\001\001\001\n"
                                        + "\\N\001\\N\001\\N\001\\N\001\\N\n"
                                        + "5\001\002k\002\\N\0031\0018\001\0019\0029\n");
        assertThat(table.rows())
                .containsExactly(
                        "[1,2,null,null]|{\"k\":1,\"j\":2}|{\"x\":7,\"y\":[\"p\",\"q\"]}|"
                                + "{1:[1.5,2.0]}|{1:\"text\"}",
                        "[]|{}|{\"x\":null,\"y\":null}|{}|NULL",
                        "NULL|NULL|NULL|NULL|NULL",
                        "[5]|{\"\":null,\"k\":null}|{\"x\":8,\"y\":null}|{}|NULL");
    }

    @Test
    void namedDelimitersAndTheMisspeltOne() throws Exception {
        TextTable table =
                table("a array<string>;m map<string,string>")
                        .with("field.delim", "|")
                        .with("colelction.delim", ",")
                        .with("mapkey.delim", ":")
                        .content("x,y|k:v,l:w\n");
        assertThat(table.rows()).containsExactly("[\"x\",\"y\"]|{\"k\":\"v\",\"l\":\"w\"}");
        TextTable numbered =
                table("a int;b int").with("serialization.format", "9").content("1\t2\n");
        assertThat(numbered.rows()).containsExactly("1|2");
    }

    @Test
    void escapedBytesStandForThemselves() throws Exception {
        TextTable table =
                table("a string;b array<string>;c int")
                        .with("field.delim", ",")
                        .with("collection.delim", ";")
                        .with("escape.delim", "\\")
                        .content("x\\,y,p\\;q;r\\nz,1\nplain,\\\\,2\n\\N,\\N,3\nend\\\n");
        assertThat(table.rows())
                .containsExactly(
                        "x,y|[\"p;q\",\"r\\nz\"]|1",
                        "plain|[\"\\\\\"]|2",
                        "NULL|NULL|3",
                        "end\\|NULL|NULL");
    }

    @Test
    void nullFormatAndLastColumnTakesRest() throws Exception {
        TextTable table =
                table("a int;b string")
                        .with("field.delim", ",")
                        .with("serialization.null.format", "")
                        .with("serialization.last.column.takes.rest", "true")
                        .content("1,x,y,z\n,\n2\n3,\n");
        assertThat(table.rows()).containsExactly("1|x,y,z", "NULL|NULL", "2|NULL", "3|NULL");
        TextTable single =
                table("a string")
                        .with("field.delim", ",")
                        .with("serialization.last.column.takes.rest", "TRUE")
                        .content("x,y\n");
        assertThat(single.rows()).containsExactly("x,y");
    }

    @Test
    void skipsHeaderAndFooterLines() throws Exception {
        TextTable table =
                table("a int").with("skip.header.line.count", "2").content("h1\nh2\n1\n2\n3\n");
        for (int size = 1; size < 20; size++) {
            assertThat(table.rows(size, 0)).containsExactly("1", "2", "3");
        }
        table.with("skip.footer.line.count", "1");
        assertThat(table.rows(1, 0)).containsExactly("1", "2");
        assertThat(table.splits(1)).hasSize(1);
        table.with("skip.footer.line.count", "10");
        assertThat(table.rows()).isEmpty();
        table.with("skip.header.line.count", "x");
        assertThatThrownBy(table::rows).isInstanceOf(SkepException.class);
    }

    @Test
    void charactersAreCutAndBlanksOfCharDropped() throws Exception {
        TextTable table =
                table("a char(3);b varchar(2);c string")
                        .with("field.delim", ",")
                        .content("ab   ,äöü,x \nabcdef,a,\n".getBytes(StandardCharsets.UTF_8));
        assertThat(table.rows()).containsExactly("ab |äö|x ", "abc|a|");
        TextTable invalid = table("c string").content(new byte[] {(byte) 0xff, 'x', '\n'});
        assertThat(invalid.rows()).containsExactly("\ufffdx");
    }

    @Test
    void readsAllScalarTypes() throws Exception {
        TextTable table =
                table(
                                "a tinyint;b smallint;c bigint;d float;e binary;f timestamp;"
                                        + "g timestamp with local time zone;h boolean;i decimal(38,10)")
                        .with("field.delim", ",")
                        .with("hive.lazysimple.extended_boolean_literal", "true")
                        .content(
                                "127,-32768,9223372036854775807,0.1,aGk=,2020-01-01 10:11:12.5,"
                                        + "2020-01-01 00:00:00 UTC,t,12345678901234567890.5\n"
                                        + "128,32768,1.9,NaN,a b!,2020-01-01 10:11,x,0,-0.00000000005\n");
        assertThat(table.rows())
                .containsExactly(
                        "127|-32768|9223372036854775807|0.1|hi|2020-01-01 10:11:12.5|"
                                + "2019-12-31 16:00:00.0 US/Pacific|true|12345678901234567890.5000000000",
                        "NULL|NULL|1|NaN|a b!|NULL|NULL|false|-0.0000000001");
    }

    @Test
    void timestampsMayHaveOtherFormats() throws Exception {
        TextTable table =
                table("t timestamp")
                        .with("timestamp.formats", "yyyy/MM/dd HH:mm,millis,iso8601")
                        .content(
                                "2020/01/02 03:04\n1500\n2020-01-01T00:00:00Z\n2020-01-05 01:02:03\n");
        assertThat(table.rows())
                .containsExactly(
                        "2020-01-02 03:04:00",
                        "1970-01-01 00:00:01.5",
                        "2020-01-01 00:00:00",
                        "2020-01-05 01:02:03");
    }

    @Test
    void readsCompressedFiles() throws Exception {
        byte[] text = EXAMPLE.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        for (int member = 0; member < 2; member++) {
            try (OutputStream out = new GZIPOutputStream(gzip)) {
                out.write(text, member == 0 ? 0 : 50, member == 0 ? 50 : text.length - 50);
            }
        }
        assertThat(example("t.gz").content(gzip.toByteArray()).rows(10, 0, 1, 2, 3, 4, 5))
                .containsExactly(EXAMPLE_ROWS);
        ByteArrayOutputStream deflate = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(deflate)) {
            out.write(text);
        }
        assertThat(example("t.deflate").content(deflate.toByteArray()).rows())
                .containsExactly(EXAMPLE_ROWS);
        byte[] zstd = com.github.luben.zstd.Zstd.compress(text);
        assertThat(example("t.zst").content(zstd).rows()).containsExactly(EXAMPLE_ROWS);
        ByteArrayOutputStream snappy = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(snappy)) {
            out.writeInt(text.length);
            for (int[] chunk : new int[][] {{0, 30}, {30, text.length}}) {
                byte[] part =
                        org.xerial.snappy.Snappy.compress(
                                Arrays.copyOfRange(text, chunk[0], chunk[1]));
                out.writeInt(part.length);
                out.write(part);
            }
        }
        assertThat(example("t.snappy").content(snappy.toByteArray()).rows())
                .containsExactly(EXAMPLE_ROWS);
        TextTable damaged =
                example("bad.gz").content(Arrays.copyOf(gzip.toByteArray(), gzip.size() - 20));
        assertThatThrownBy(damaged::rows)
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT_FILE));
        assertThat(damaged.memory.reserved()).isZero();
        TextTable unknown = example("t.bz2").content("BZh");
        assertThatThrownBy(unknown::rows).hasMessageContaining(".bz2");
        assertThat(unknown.memory.reserved()).isZero();
    }

    @Test
    void readsOtherCharsets() throws Exception {
        TextTable table =
                table("a string;b int")
                        .with("field.delim", ",")
                        .with("serialization.encoding", "ISO-8859-1")
                        .content("größe,1\ný,2\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(table.rows(3, 0, 1)).containsExactly("größe|1", "ý|2");
    }

    @Test
    void filtersRunBeforeTheOtherColumnsAreDecoded() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            text.append(i).append(",bad,v").append(i).append('\n');
        }
        TextTable table =
                table("a int;b int;c string").with("field.delim", ",").content(text.toString());
        table.filters.add(
                new BatchFilter() {
                    @Override
                    public int[] columns() {
                        return new int[] {1};
                    }

                    @Override
                    public Selection apply(ColumnVector[] vectors, Selection selection) {
                        boolean[] flags = new boolean[selection.bound()];
                        for (int k = 0; k < selection.count(); k++) {
                            int row = selection.position(k);
                            flags[row] = ((LongVector) vectors[0]).values()[row] % 1000 == 7;
                        }
                        return selection.where(flags, true);
                    }
                });
        assertThat(table.rows(10_000, 2, 0, 1))
                .containsExactly(
                        "v7|7|NULL",
                        "v1007|1007|NULL",
                        "v2007|2007|NULL",
                        "v3007|3007|NULL",
                        "v4007|4007|NULL");
        assertThat(table.damage).isEqualTo(5);
    }

    @Test
    void longLinesGrowTheWindowUpToTheMemoryLimit() throws Exception {
        byte[] line = new byte[3 << 20];
        Arrays.fill(line, (byte) 'x');
        line[line.length - 1] = '\n';
        TextTable table = table("a string").content(line);
        assertThat(table.rows().get(0)).hasSize(line.length - 1);
        assertThat(table.memory.reserved()).isZero();
        byte[] longer = new byte[100 << 20];
        Arrays.fill(longer, (byte) 'x');
        TextTable tooLong = table("a string").content(longer);
        assertThatThrownBy(tooLong::rows)
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_LIMIT))
                .hasMessageContaining("too long for memory");
        assertThat(tooLong.memory.reserved()).isZero();
    }

    @Test
    void linesAcrossWindowsAreWhole() throws Exception {
        long seed = System.nanoTime();
        System.out.println("TextFormatTest windows seed " + seed);
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        while (text.length() < 3 << 20) {
            String value = "v".repeat(random.nextInt(random.nextInt(200) == 0 ? 100_000 : 100));
            expected.add(expected.size() + "|" + value);
            text.append(expected.size() - 1).append(',').append(value);
            text.append(new String[] {"\n", "\r\n", "\r"}[random.nextInt(3)]);
        }
        TextTable table = table("a int;b string").with("field.delim", ",").content(text.toString());
        assertThat(table.rows()).isEqualTo(expected);
        long size = 1L + random.nextInt(1 << 20);
        assertThat(table.rows(size, 0, 1)).isEqualTo(expected);
        int rows = 0;
        for (Split split : table.splits(size)) {
            List<String> part = new ArrayList<>();
            table.read(split, part);
            rows += part.size();
        }
        assertThat(rows).isEqualTo(expected.size());
    }
}
