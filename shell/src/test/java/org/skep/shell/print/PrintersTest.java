package org.skep.shell.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.shell.print.ResultFormat.Header;

/** What results look like. */
final class PrintersTest {
    private static final List<ResultColumn> COLUMNS =
            List.of(new ResultColumn("id", true), new ResultColumn("name", false));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private String print(ResultFormat format, Header header, String[]... rows) {
        ResultPrinter printer = format.printer(new Output(bytes), header);
        printer.begin(COLUMNS);
        for (String[] row : rows) {
            printer.row(row);
        }
        printer.end();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String[] row(String... values) {
        return values;
    }

    @Test
    void tableAlignsNumbersRightAndCountsWideCharacters() {
        assertThat(
                        print(
                                ResultFormat.TABLE,
                                Header.NONE,
                                row("1", "日本"),
                                row("1234", null),
                                row(null, "e\u0301"),
                                row("7", "a\nb\u0001")))
                .isEqualTo(
                        """
                        +------+------------+
                        |  id  |    name    |
                        +------+------------+
                        |    1 | 日本       |
                        | 1234 | NULL       |
                        | NULL | e\u0301          |
                        |    7 | a\\nb\\u0001 |
                        +------+------------+
                        """);
    }

    @Test
    void tableOfNothingIsItsHeader() {
        assertThat(print(ResultFormat.TABLE, Header.NONE))
                .isEqualTo(
                        """
                        +----+------+
                        | id | name |
                        +----+------+
                        +----+------+
                        """);
    }

    @Test
    void tableStreamsAfterItsFirstRows() {
        ResultPrinter printer = ResultFormat.TABLE.printer(new Output(bytes), Header.NONE);
        printer.begin(COLUMNS);
        for (int i = 0; i < 1_000; i++) {
            printer.row(row("1", "x"));
        }
        assertThat(bytes.size()).isGreaterThan(10_000);
        printer.row(row("1", "wider than all before"));
        printer.end();
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("|  1 | wider than all before |\n");
    }

    @Test
    void tsvPrintsValuesAsTheyAre() {
        assertThat(print(ResultFormat.TSV, Header.NAMES, row("1", "a,\"b"), row(null, "")))
                .isEqualTo("id\tname\n1\ta,\"b\nNULL\t\n");
    }

    @Test
    void csvQuotesOnlyWhereItMust() {
        assertThat(
                        print(
                                ResultFormat.CSV,
                                Header.NONE,
                                row("1", "a,\"b"),
                                row(null, ""),
                                row("2", "NULL"),
                                row("3", "x\ny"),
                                row("4", "ü")))
                .isEqualTo(
                        "id,name\r\n1,\"a,\"\"b\"\r\nNULL,\r\n2,\"NULL\"\r\n3,\"x\ny\"\r\n4,ü\r\n");
    }

    @Test
    void outputKeepsTheOrderOfLongAndShortTexts() {
        Output out = new Output(bytes);
        String longText = "ä".repeat(100_000);
        String text = "z".repeat(40_000);
        out.print("a");
        out.print(longText);
        out.print('b');
        for (int i = 0; i < 3; i++) {
            out.print(text);
            out.print("€");
        }
        out.flush();
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("a" + longText + "b" + (text + "€").repeat(3));
    }
}
