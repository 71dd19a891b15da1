package org.skep.columnar.orc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.columnar.rows.FileRows;
import org.skep.columnar.rows.RandomRows;
import org.skep.storage.ColumnRange;
import org.skep.storage.ColumnStatistics;
import org.skep.storage.FileStatistics;
import org.skep.storage.TableLayout;
import org.skep.storage.TableWriter;
import org.skep.types.Datum;
import org.skep.types.NanoTime;

class ScanTest {
    @TempDir Path directory;
    private int files;

    private String write(
            Map<String, String> properties, String[] columns, List<List<Object>> rows) {
        String path = directory.resolve("f" + files++ + ".orc").toString();
        TableLayout layout = FileRows.layout("orc", properties, columns);
        MemoryPool memory = MemoryPool.root("test", 1L << 30);
        try (TableWriter writer =
                new OrcFormat()
                        .create(LocalFileSystem.INSTANCE, path, layout, ZoneOffset.UTC, memory)) {
            for (int i = 0; i < rows.size(); i += 1_000) {
                List<List<Object>> some = rows.subList(i, Math.min(rows.size(), i + 1_000));
                writer.write(RandomRows.batch(layout, some));
            }
            writer.finish();
        }
        return path;
    }

    private String write(String[] columns, List<Object> row) {
        return write(Map.of(), columns, List.of(row));
    }

    private static List<Object> readRow(String path, String... columns) {
        return new FileRows(path, Map.of(), columns).read().get(0);
    }

    private static void assertFails(Runnable run, ErrorCode code, String path) {
        assertThatThrownBy(run::run)
                .isInstanceOf(SkepException.class)
                .hasMessageContaining(path)
                .extracting(e -> ((SkepException) e).code())
                .isEqualTo(code);
    }

    @Test
    void findsColumnsByNameInAnyCase() {
        String path = write(new String[] {"Aa", "int", "b", "string"}, List.of(1L, "x"));
        assertThat(readRow(path, "b", "string", "missing", "array<int>", "aA", "int"))
                .isEqualTo(Arrays.asList("x", null, 1L));
    }

    @Test
    void findsColumnsByPositionWhereTheFileOrTheTableSaysSo() {
        String hive = write(new String[] {"_col0", "int", "_col1", "string"}, List.of(1L, "x"));
        assertThat(readRow(hive, "p", "int", "q", "string", "r", "date"))
                .isEqualTo(Arrays.asList(1L, "x", null));
        String named = write(new String[] {"a", "int", "b", "string"}, List.of(1L, "x"));
        Map<String, String> forced = Map.of("orc.force.positional.evolution", "true");
        assertThat(new FileRows(named, forced, "b", "int", "a", "string").read())
                .isEqualTo(List.of(List.of(1L, "x")));
    }

    @Test
    void castsToTheTypesOfTheTable() {
        String path =
                write(
                        new String[] {
                            "i",
                            "int",
                            "l",
                            "bigint",
                            "s",
                            "string",
                            "d",
                            "decimal(10,2)",
                            "f",
                            "double",
                            "y",
                            "date"
                        },
                        List.of(7L, 1L << 40, "12", new BigDecimal("3.45"), 2.5, 0L));
        assertThat(
                        readRow(
                                path,
                                "i",
                                "string",
                                "l",
                                "int",
                                "s",
                                "bigint",
                                "d",
                                "decimal(20,3)",
                                "f",
                                "decimal(5,1)",
                                "y",
                                "string"))
                .isEqualTo(
                        Arrays.asList(
                                "7",
                                null,
                                12L,
                                new BigDecimal("3.450"),
                                new BigDecimal("2.5"),
                                "1970-01-01"));
        assertThat(readRow(path, "i", "decimal(4,1)", "d", "decimal(2,1)", "s", "char(1)"))
                .isEqualTo(Arrays.asList(new BigDecimal("7.0"), new BigDecimal("3.5"), "1"));
        assertFails(
                () -> readRow(path, "y", "int"), ErrorCode.NOT_SUPPORTED, "Cannot read " + path);
    }

    @Test
    void addsAndReordersFieldsOfStructs() {
        String path =
                write(new String[] {"s", "struct<a:int,b:string>"}, List.of(List.of(1L, "x")));
        assertThat(readRow(path, "s", "struct<b:string,c:int,a:bigint>"))
                .isEqualTo(List.of(Arrays.asList("x", null, 1L)));
    }

    @Test
    void showsInstantsAsLocalTimesOfTheSession() {
        NanoTime noon = new NanoTime(43_200_000_000L, (short) 7);
        String path = write(new String[] {"z", "timestamp with local time zone"}, List.of(noon));
        FileRows file = new FileRows(path, Map.of(), "z", "timestamp").zone("Asia/Tokyo");
        assertThat(file.read())
                .isEqualTo(List.of(List.of(new NanoTime(75_600_000_000L, (short) 7))));
        String local = write(new String[] {"m", "timestamp"}, List.of(noon));
        FileRows back =
                new FileRows(local, Map.of(), "m", "timestamp with local time zone")
                        .zone("Asia/Tokyo");
        assertThat(back.read())
                .isEqualTo(List.of(List.of(new NanoTime(10_800_000_000L, (short) 7))));
    }

    private String numbered() {
        List<List<Object>> rows = new ArrayList<>();
        for (long i = 0; i < 20_000; i++) {
            rows.add(Arrays.asList(i, i < 10_000 ? null : "s" + i));
        }
        Map<String, String> properties = Map.of("orc.stripe.size", "4000", "orc.compress", "NONE");
        return write(properties, new String[] {"i", "bigint", "s", "string"}, rows);
    }

    @Test
    void skipsStripesThatCannotMatch() {
        FileRows file = new FileRows(numbered(), Map.of(), "i", "bigint", "s", "string");
        ColumnRange range =
                new ColumnRange(0, Datum.ofLong(15_000), true, Datum.ofLong(15_010), true, false);
        List<List<Object>> rows = file.ranges(range).read();
        assertThat(rows).contains(List.of(15_000L, "s15000"), List.of(15_010L, "s15010"));
        assertThat(file.statistics().unitsSkipped()).isGreaterThan(1);
        assertThat(file.statistics().unitsRead()).isBetween(1L, 2L);
        // Text is NULL in the first half.
        ColumnRange text = new ColumnRange(1, Datum.ofString("s"), true, null, false, false);
        file.ranges().runtime(column -> column == 1 ? text : null);
        assertThat(file.read()).hasSizeBetween(10_000, 15_000);
        assertThat(file.statistics().unitsSkipped()).isPositive();
    }

    @Test
    void cutsFilesAtStripes() {
        FileRows file = new FileRows(numbered(), Map.of(), "i", "bigint", "s", "string");
        List<List<Object>> whole = file.read();
        assertThat(file.splits()).hasSize(1);
        assertThat(file.splitsOf(5_000).splits()).hasSizeGreaterThan(2);
        assertThat(file.splits().stream().mapToLong(split -> split.rowCount()).sum())
                .isEqualTo(20_000);
        assertThat(file.read()).isEqualTo(whole);
    }

    @Test
    void countsRowsWithoutColumns() {
        String path = numbered();
        assertThat(new FileRows(path, Map.of()).read()).hasSize(20_000);
    }

    @Test
    void tellsStatistics() {
        FileRows file =
                new FileRows(numbered(), Map.of(), "i", "bigint", "s", "string", "n", "int");
        FileStatistics known =
                file.format().statistics(LocalFileSystem.INSTANCE, file.status(), file.layout());
        assertThat(known.rowCount()).isEqualTo(20_000);
        ColumnStatistics numbers = known.columns().get(0);
        assertThat(numbers.min()).isEqualTo(Datum.ofLong(0));
        assertThat(numbers.max()).isEqualTo(Datum.ofLong(19_999));
        assertThat(numbers.nullCount()).isZero();
        ColumnStatistics text = known.columns().get(1);
        assertThat(text.min()).isEqualTo(Datum.ofString("s10000"));
        assertThat(text.nullCount()).isEqualTo(10_000);
        assertThat(text.averageBytes()).isEqualTo(6.0);
        assertThat(known.columns().get(2).nullCount()).isEqualTo(20_000);
    }

    @Test
    void refusesFilesOfTransactions() {
        String[] columns = {
            "operation",
            "int",
            "originalTransaction",
            "bigint",
            "bucket",
            "int",
            "rowId",
            "bigint",
            "currentTransaction",
            "bigint",
            "row",
            "struct<a:int>"
        };
        List<Object> row = List.of(0L, 1L, 0L, 0L, 1L, List.of(1L));
        assertFails(() -> write(columns, row), ErrorCode.ACID_DIRECTORY, "f0.orc");
    }

    @Test
    void refusesWrongOptionsAndTypes() {
        String[] column = {"a", "int"};
        for (String option : List.of("orc.compress=LZO", "orc.compress=x", "orc.stripe.size=-1")) {
            String[] pair = option.split("=", 2);
            assertFails(
                    () -> write(Map.of(pair[0], pair[1]), column, List.of()),
                    ErrorCode.INVALID_OPTION,
                    pair[0]);
        }
        assertFails(
                () -> write(Map.of(), new String[] {"v", "interval_day_time"}, List.of()),
                ErrorCode.NOT_SUPPORTED,
                "interval");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void endsStripesEarlyWhenMemoryIsShort() {
        String[] columns = {"w", "string", "i", "bigint"};
        TableLayout layout = FileRows.layout("orc", Map.of(), columns);
        MemoryPool small = MemoryPool.root("small", 3L << 20);
        List<List<Object>> rows = new RandomRows(1, 0, 100_000).rows(layout, 100_000);
        String path = directory.resolve("short.orc").toString();
        try (TableWriter writer =
                new OrcFormat()
                        .create(LocalFileSystem.INSTANCE, path, layout, ZoneOffset.UTC, small)) {
            for (int i = 0; i < rows.size(); i += 2_000) {
                writer.write(RandomRows.batch(layout, rows.subList(i, i + 2_000)));
            }
            writer.finish();
        }
        assertThat(small.reserved()).isZero();
        FileRows file = new FileRows(path, Map.of(), columns);
        assertThat(file.splitsOf(1).splits()).hasSizeGreaterThan(1);
        assertThat(file.read()).isEqualTo(rows);
    }

    @Test
    void writesTheSameBytesAgainAndNothingWhenGivenUp() throws Exception {
        byte[] once = Files.readAllBytes(Path.of(numbered()));
        assertThat(Files.readAllBytes(Path.of(numbered()))).isEqualTo(once);
        Path given = directory.resolve("given-up.orc");
        TableLayout layout = FileRows.layout("orc", Map.of(), "a", "int");
        MemoryPool memory = MemoryPool.root("test", 1L << 30);
        try (TableWriter writer =
                new OrcFormat()
                        .create(
                                LocalFileSystem.INSTANCE,
                                given.toString(),
                                layout,
                                ZoneOffset.UTC,
                                memory)) {
            writer.write(RandomRows.batch(layout, List.of(List.of(1L))));
            assertThat(memory.reserved()).isPositive();
        }
        assertThat(given).doesNotExist();
        assertThat(memory.reserved()).isZero();
    }
}
