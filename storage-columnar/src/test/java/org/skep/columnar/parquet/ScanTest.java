package org.skep.columnar.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.SkepException;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.columnar.rows.FileRows;
import org.skep.columnar.rows.RandomRows;
import org.skep.storage.ColumnRange;
import org.skep.storage.FileStatistics;
import org.skep.storage.ScanStatistics;
import org.skep.storage.Split;
import org.skep.storage.TableLayout;
import org.skep.storage.TableWriter;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.NanoTime;

class ScanTest {
    private static final String[] COLUMNS = {
        "id", "bigint", "name", "string", "price", "decimal(10,2)", "day", "date", "ratio", "double"
    };
    private static final int ROWS = 4_000;

    @TempDir Path directory;
    private int files;

    // Row groups of a thousand rows; every tenth name is NULL, and all names of the last group.
    private String write() {
        Map<String, String> properties = Map.of("parquet.block.size", "1");
        TableLayout layout = FileRows.layout("parquet", properties, COLUMNS);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            boolean nameless = i % 10 == 0 || i >= 3_000;
            rows.add(
                    Arrays.asList(
                            (long) i,
                            nameless ? null : "name %04d".formatted(i),
                            BigDecimal.valueOf(i % 50, 2),
                            18_000L + i / 100,
                            i == 7 ? Double.NaN : i / 4.0));
        }
        String path = directory.resolve("scan" + files++ + ".parquet").toString();
        try (TableWriter writer =
                new ParquetFormat()
                        .create(
                                LocalFileSystem.INSTANCE,
                                path,
                                layout,
                                ZoneOffset.UTC,
                                MemoryPool.root("test", 1L << 30))) {
            for (int i = 0; i < ROWS; i += 1_000) {
                writer.write(RandomRows.batch(layout, rows.subList(i, i + 1_000)));
            }
            writer.finish();
        }
        return path;
    }

    private FileRows file(String... columns) {
        return new FileRows(write(), Map.of(), columns);
    }

    private static ColumnRange between(int column, Datum low, Datum high) {
        return new ColumnRange(column, low, true, high, true, false);
    }

    private static ScanStatistics statistics(FileRows file) {
        file.read();
        return file.statistics();
    }

    @Test
    void skipsRowGroupsThatCannotMatch() {
        FileRows file = file(COLUMNS);
        file.ranges(between(0, Datum.ofLong(1_500), Datum.ofLong(1_600)));
        assertThat(file.read()).hasSize(1_000);
        assertThat(file.statistics().unitsSkipped()).isEqualTo(3);
        assertThat(file.statistics().unitsRead()).isEqualTo(1);
        file.ranges(between(1, Datum.ofString("name 2500"), null));
        assertThat(statistics(file).unitsSkipped()).isEqualTo(3);
        file.ranges(
                between(
                        2,
                        null,
                        new Datum(DataType.parse("decimal(10,2)"), new BigDecimal("-0.01"))));
        assertThat(statistics(file).unitsSkipped()).isEqualTo(4);
        file.ranges(
                between(3, new Datum(DataType.DATE, 18_035L), new Datum(DataType.DATE, 18_035L)));
        assertThat(statistics(file).unitsSkipped()).isEqualTo(3);
        file.ranges(new ColumnRange(0, Datum.ofLong(2_999), false, null, true, false));
        assertThat(statistics(file).unitsSkipped()).isEqualTo(3);
    }

    @Test
    void keepsRowGroupsWithNullsThatMatch() {
        FileRows file = file(COLUMNS);
        file.ranges(new ColumnRange(1, Datum.ofString("zzz"), true, null, true, true));
        assertThat(statistics(file).unitsSkipped()).isZero();
        file.ranges(new ColumnRange(0, Datum.ofLong(9_999), true, null, true, true));
        assertThat(statistics(file).unitsSkipped()).isEqualTo(4);
    }

    @Test
    void takesNanForGreaterThanAnyBound() {
        FileRows file = file(COLUMNS);
        file.ranges(between(4, Datum.ofDouble(5_000), null));
        assertThat(statistics(file).unitsSkipped()).isEqualTo(3);
    }

    @Test
    void asksTheRuntimeFilterBeforeEachRowGroup() {
        FileRows file = file(COLUMNS);
        int[] asked = {0};
        file.runtime(
                column ->
                        column == 0 && asked[0]++ > 0
                                ? between(0, Datum.ofLong(3_500), Datum.ofLong(3_600))
                                : null);
        assertThat(file.read()).hasSize(2_000);
        assertThat(asked[0]).isEqualTo(4);
    }

    @Test
    void cutsSplitsBetweenRowGroups() {
        FileRows file = file("id", "bigint");
        assertThat(file.splits()).hasSize(1);
        List<List<Object>> all = file.read();
        List<Split> splits = file.splitsOf(1).splits();
        assertThat(splits).hasSize(4).allMatch(split -> split.rowCount() == 1_000);
        assertThat(splits.get(0).offset()).isZero();
        for (int i = 1; i < splits.size(); i++) {
            Split before = splits.get(i - 1);
            assertThat(splits.get(i).offset()).isEqualTo(before.offset() + before.length());
        }
        assertThat(file.read()).isEqualTo(all).hasSize(ROWS);
    }

    @Test
    void findsColumnsByNameInAnyCase() {
        assertThat(file("NAME", "string", "absent", "int", "Id", "bigint").read().get(11))
                .containsExactly("name 0011", null, 11L);
    }

    @Test
    void findsColumnsByPositionIfTheTableSaysSo() {
        FileRows file =
                new FileRows(
                        write(),
                        Map.of("parquet.column.index.access", "true"),
                        "a",
                        "bigint",
                        "b",
                        "string");
        assertThat(file.read().get(11)).containsExactly(11L, "name 0011");
    }

    @Test
    void countsRowsWithoutReadingColumns() {
        FileRows file = file();
        assertThat(file.read()).hasSize(ROWS);
        assertThat(file.statistics().bytesRead()).isZero();
    }

    @Test
    void castsToTheWantedTypes() {
        List<Object> row =
                file(
                                "id",
                                "tinyint",
                                "name",
                                "varchar(6)",
                                "price",
                                "decimal(4,1)",
                                "day",
                                "string",
                                "ratio",
                                "decimal(6,2)")
                        .read()
                        .get(129);
        assertThat(row)
                .containsExactly(
                        null,
                        "name 0",
                        new BigDecimal("0.3"),
                        "2019-04-15",
                        new BigDecimal("32.25"));
        assertThat(file("id", "string", "price", "double", "day", "timestamp").read().get(129))
                .containsExactly("129", 0.29, new NanoTime(18_001 * 86_400_000_000L, (short) 0));
        assertThat(file("price", "int", "ratio", "int", "id", "float").read().get(8))
                .containsExactly(null, 2L, 8.0);
    }

    @Test
    void refusesTypesThatDoNotFit() {
        assertThatThrownBy(() -> file("name", "int").read())
                .isInstanceOf(SkepException.class)
                .hasMessageContaining(
                        "column name: the file has BYTE_ARRAY holding string, the table wants int");
        assertThatThrownBy(() -> file("id", "array<int>").read())
                .isInstanceOf(SkepException.class)
                .hasMessageContaining("INT64 holding bigint, the table wants array<int>");
    }

    @Test
    void tellsStatisticsFromTheFooter() {
        FileRows file = file(COLUMNS);
        FileStatistics statistics =
                file.format().statistics(LocalFileSystem.INSTANCE, file.status(), file.layout());
        assertThat(statistics.rowCount()).isEqualTo(ROWS);
        assertThat(statistics.columns().get(0).min()).isEqualTo(Datum.ofLong(0));
        assertThat(statistics.columns().get(0).max()).isEqualTo(Datum.ofLong(ROWS - 1));
        assertThat(statistics.columns().get(0).distinctCount()).isEqualTo(ROWS);
        assertThat(statistics.columns().get(1).min()).isEqualTo(Datum.ofString("name 0001"));
        assertThat(statistics.columns().get(1).nullCount()).isEqualTo(300 + 1_000);
        assertThat(statistics.columns().get(1).averageBytes()).isBetween(8.9, 9.1);
        assertThat(statistics.columns().get(2).distinctCount()).isEqualTo(50);
        assertThat(statistics.columns().get(2).max().value()).isEqualTo(new BigDecimal("0.49"));
        assertThat(statistics.columns().get(3).distinctCount()).isEqualTo(40);
    }

    @Test
    void writesWhatDuckDbReads() throws SQLException {
        String path = directory.resolve("all.parquet").toString();
        for (String version : List.of("v1", "v2")) {
            Map<String, String> properties =
                    Map.of("parquet.compression", "ZSTD", "parquet.writer.version", version);
            TableLayout layout =
                    FileRows.layout(
                            "parquet",
                            properties,
                            "i",
                            "int",
                            "d",
                            "decimal(12,3)",
                            "e",
                            "decimal(30,5)",
                            "w",
                            "string",
                            "y",
                            "date",
                            "m",
                            "timestamp",
                            "f",
                            "boolean",
                            "a",
                            "array<struct<k:int,v:map<string,bigint>>>");
            List<List<Object>> rows = new RandomRows(42, 0.2, 900).rows(layout, 2_000);
            LocalFileSystem.INSTANCE.delete(path);
            try (TableWriter writer =
                    new ParquetFormat()
                            .create(
                                    LocalFileSystem.INSTANCE,
                                    path,
                                    layout,
                                    ZoneOffset.UTC,
                                    MemoryPool.root("test", 1L << 30))) {
                writer.write(RandomRows.batch(layout, rows));
                writer.finish();
            }
            compare(path, rows);
        }
    }

    private static void compare(String path, List<List<Object>> rows) throws SQLException {
        String query =
                """
                SELECT i, d, e, w, y - DATE '1970-01-01',
                  epoch_us(m), f, len(a), a[1].k, map_values(a[1].v)[1]
                FROM '%s'
                """
                        .formatted(path);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            for (List<Object> row : rows) {
                assertThat(result.next()).isTrue();
                assertThat(number(result, 1)).isEqualTo(row.get(0));
                assertThat(result.getObject(2)).isEqualTo(row.get(1));
                assertThat(result.getObject(3)).isEqualTo(row.get(2));
                assertThat(result.getString(4)).isEqualTo(row.get(3));
                assertThat(number(result, 5)).isEqualTo(row.get(4));
                NanoTime time = (NanoTime) row.get(5);
                assertThat(number(result, 6)).isEqualTo(time == null ? null : time.micros());
                assertThat(result.getObject(7)).isEqualTo(row.get(6));
                List<?> items = (List<?>) row.get(7);
                assertThat(number(result, 8)).isEqualTo(items == null ? null : (long) items.size());
                Object first = items == null || items.isEmpty() ? null : items.get(0);
                Object key = first == null ? null : ((List<?>) first).get(0);
                assertThat(number(result, 9)).isEqualTo(key);
                List<?> entries = first == null ? null : (List<?>) ((List<?>) first).get(1);
                Object value =
                        entries == null || entries.isEmpty()
                                ? null
                                : ((Datum.MapEntry) entries.get(0)).value();
                assertThat(number(result, 10)).isEqualTo(value);
            }
            assertThat(result.next()).isFalse();
        }
    }

    private static Long number(ResultSet result, int column) throws SQLException {
        long value = result.getLong(column);
        return result.wasNull() ? null : value;
    }
}
