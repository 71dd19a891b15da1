package org.skep.columnar.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.SkepException;
import org.skep.storage.TableFormat;

class LineFormatsTest {
    @TempDir Path directory;

    private TextTable table(TableFormat format, String name, String columns) {
        return new TextTable(format, directory.resolve(name), columns);
    }

    @Test
    void readsCommaSeparatedValues() throws Exception {
        TextTable table =
                table(new CsvFormat(), "t", "a string;b string;c int")
                        .with("skip.header.line.count", "1")
                        .content(
                                """
                                a,b,c
                                1,"x,""y",3
                                "",,bad
                                only

                                p,  "q",5,6
                                "a\\"b",c"d"e,7
                                """);
        String[] rows = {
            "1|x,\"y|3", "||NULL", "only|NULL|NULL", "NULL|NULL|NULL", "p|q|5", "a\"b|c\"d\"e|7"
        };
        assertThat(table.rows()).containsExactly(rows);
        assertThat(table.damage).isEqualTo(1);
        for (int size = 1; size < 80; size++) {
            assertThat(table.rows(size, 0, 1, 2)).containsExactly(rows);
        }
        assertThat(table.rows(1000, 2, 0)).startsWith("3|1", "NULL|", "NULL|only");
        assertThat(table.rows(1000)).hasSize(6);
        assertThat(table.memory.reserved()).isZero();
    }

    @Test
    void writesCommaSeparatedValues() throws Exception {
        TextTable source =
                table(new TextFormat(), "s", "a string;b string;c int")
                        .with("field.delim", "\t")
                        .content("x,y\tq\"r\t1\n\\N\tplain\t\\N\n");
        TextTable target = table(new CsvFormat(), "t", "a string;b string;c int");
        target.copyFrom(source);
        assertThat(target.text()).isEqualTo("\"x,y\",\"q\"\"r\",1\n,plain,\n");
        assertThat(target.rows()).containsExactly("x,y|q\"r|1", "|plain|NULL");
        TextTable quoted =
                table(new CsvFormat(), "q", "a string;b string;c int")
                        .with("separatorChar", ";")
                        .with("quoteChar", "'")
                        .with("escapeChar", "\\")
                        .with("applyQuotesToAll", "true");
        quoted.copyFrom(source);
        assertThat(quoted.text()).isEqualTo("'x,y';'q\"r';'1'\n;'plain';\n");
        assertThat(quoted.rows()).containsExactly("x,y|q\"r|1", "|plain|NULL");
    }

    @Test
    void readsGroupsOfARegularExpression() throws Exception {
        TextTable table =
                table(new RegexFormat(), "t", "a string;b int;c date")
                        .with("input.regex", "(\\w+) (\\S*)(?: (.*))?")
                        .content("x 12 2020-01-02\né! 1\ny bad\n");
        assertThat(table.rows())
                .containsExactly("x|12|2020-01-02", "NULL|NULL|NULL", "y|NULL|NULL");
        assertThat(table.rows(1000, 1)).containsExactly("12", "NULL", "NULL");
        table.with("input.regex", "(a)");
        assertThatThrownBy(table::rows)
                .isInstanceOf(SkepException.class)
                .hasMessageContaining("Number of matching groups");
        table.with("input.regex", "(");
        assertThatThrownBy(table::rows).hasMessageContaining("Invalid input.regex");
        assertThatThrownBy(table::writer).isInstanceOf(SkepException.class);
        assertThat(table.memory.reserved()).isZero();
    }

    @Test
    void readsJsonObjects() throws Exception {
        TextTable table =
                table(
                                new JsonFormat(),
                                "t",
                                "a int;b string;c array<double>;d map<string,int>;"
                                        + "e struct<x:int,y:array<string>>;f boolean;g date;h decimal(5,2)")
                        .content(
                                "{\"A\":1,\"b\":\"x\\u00e9\\n\\ud83d\\ude00\",\"c\":[1.5,null,2],"
                                        + "\"d\":{\"k\":1,\"l\":2,\"k\":3},\"e\":{\"Y\":[\"p\"],\"x\":7,\"z\":{}},"
                                        + "\"f\":true,\"g\":\"2020-01-02\",\"h\":1.005,\"other\":[{\"q\":[]}]}\n"
                                        + "{}\n"
                                        + "\n"
                                        + " { \"a\" : \"12\" , \"b\" : 1.50, \"c\" : [ ] , \"d\":{ }, \"e\":null,"
                                        + "\"f\":\"no\",\"g\":\"bad\",\"h\":\"x\" } \n"
                                        + "{\"a\":1.9,\"b\":true,\"c\":5,\"d\":[],\"e\":{\"x\":\"no\"},\"f\":0}\n");
        assertThat(table.rows())
                .containsExactly(
                        "1|xé\n😀|[1.5,null,2.0]|{\"k\":3,\"l\":2}|{\"x\":7,\"y\":[\"p\"]}|true|2020-01-02|1.01",
                        "NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL",
                        "NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL",
                        "12|1.50|[]|{}|NULL|false|NULL|NULL",
                        "1|true|NULL|NULL|{\"x\":0,\"y\":null}|false|NULL|NULL");
        assertThat(table.rows(1000, 7, 0)).startsWith("1.01|1", "NULL|NULL");
        table.batchRows = 1;
        assertThat(table.rows(3, 0)).containsExactly("1", "NULL", "NULL", "12", "1");
    }

    @Test
    void brokenJsonFailsTheScan() throws Exception {
        for (String bad :
                new String[] {
                    "{",
                    "[]",
                    "x",
                    "{\"a\"}",
                    "{\"a\":}",
                    "{\"a\":1",
                    "{\"a\":1}}",
                    "{\"a\":\"x}",
                    "{\"b\":[1,}",
                    "{\"a\":nul}",
                    "{\"a\":yes}",
                    "{\"b\":\"\\q\"}",
                    "{\"b\":\"\\u00g0\"}"
                }) {
            TextTable table = table(new JsonFormat(), "t", "a int").content(bad + "\n");
            assertThatThrownBy(table::rows)
                    .as(bad)
                    .isInstanceOf(SkepException.class)
                    .hasMessageContaining("Cannot read JSON");
            assertThat(table.memory.reserved()).isZero();
        }
    }

    @Test
    void writesJsonObjects() throws Exception {
        String columns =
                "a int;b string;c array<double>;d map<int,date>;e struct<x:int,y:binary>;f decimal(5,2)";
        TextTable source =
                table(new TextFormat(), "s", columns)
                        .content(
                                "1\001q\"\001"
                                        + "1.5\002\\N\0017\0032020-01-01\0015\002aGk=\0011.50\n\\N\n");
        TextTable target = table(new JsonFormat(), "t", columns);
        target.copyFrom(source);
        assertThat(target.text())
                .isEqualTo(
                        "{\"a\":1,\"b\":\"q\\\"\",\"c\":[1.5,null],\"d\":{\"7\":\"2020-01-01\"},"
                                + "\"e\":{\"x\":5,\"y\":\"aGk=\"},\"f\":1.5}\n"
                                + "{\"a\":null,\"b\":null,\"c\":null,\"d\":null,\"e\":null,\"f\":null}\n");
        assertThat(target.rows()).isEqualTo(source.rows());
    }
}
