package org.skep.columnar.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.columnar.rows.FileRows;
import org.skep.columnar.rows.RandomRows;
import org.skep.storage.TableLayout;
import org.skep.storage.TableWriter;
import org.skep.storage.WrittenFile;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DatumVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

class WriterTest {
    @TempDir Path directory;
    private final MemoryPool memory = MemoryPool.root("test", 1L << 30);

    @AfterEach
    void removeCrashHandler() {
        Crash.install(null);
    }

    private String path() {
        return directory.resolve("w.parquet").toString();
    }

    private TableWriter create(TableLayout layout, MemoryPool pool) {
        return new ParquetFormat()
                .create(LocalFileSystem.INSTANCE, path(), layout, ZoneOffset.UTC, pool);
    }

    @Test
    void takesVectorsOfAllEncodingsAndOnlySelectedRows() {
        TableLayout layout = FileRows.layout("parquet", Map.of(), "w", "string", "c", "int");
        BytesVector words = new BytesVector(DataType.STRING, 3);
        words.set(0, "zero");
        words.set(1, "one");
        words.setNull(2);
        int[] ids = {1, 0, 2, -1, 1};
        ColumnVector[] vectors = {
            new DictionaryVector(words, 3, ids, true), DatumVector.constant(Datum.ofInt(7))
        };
        try (TableWriter writer = create(layout, memory)) {
            writer.write(new ColumnBatch(vectors, Selection.of(new int[] {0, 2, 3, 4}, 4)));
            WrittenFile written = writer.finish();
            assertThat(written.rowCount()).isEqualTo(4);
            assertThat(written.statistics().columns().get(0).nullCount()).isEqualTo(2);
            assertThat(written.statistics().columns().get(1).max()).isEqualTo(Datum.ofInt(7));
        }
        assertThat(memory.reserved()).isZero();
        assertThat(new FileRows(path(), Map.of(), "w", "string", "c", "int").read())
                .containsExactly(
                        List.of("one", 7L),
                        Arrays.asList(null, 7L),
                        Arrays.asList(null, 7L),
                        List.of("one", 7L));
    }

    @Test
    void writesAFileWithoutRows() {
        TableLayout layout = FileRows.layout("parquet", Map.of(), "i", "int");
        try (TableWriter writer = create(layout, memory)) {
            assertThat(writer.finish().rowCount()).isZero();
        }
        assertThat(new FileRows(path(), Map.of(), "i", "int").read()).isEmpty();
    }

    @Test
    void endsTheRowGroupEarlyWhenMemoryIsShort() {
        TableLayout layout = FileRows.layout("parquet", Map.of(), "w", "string", "i", "bigint");
        MemoryPool small = MemoryPool.root("small", 6L << 20);
        List<List<Object>> rows = new RandomRows(1, 0, 100_000).rows(layout, 100_000);
        try (TableWriter writer = create(layout, small)) {
            for (int i = 0; i < rows.size(); i += 2_000) {
                writer.write(RandomRows.batch(layout, rows.subList(i, i + 2_000)));
            }
            writer.finish();
        }
        assertThat(small.reserved()).isZero();
        FileRows file = new FileRows(path(), Map.of(), "w", "string", "i", "bigint");
        assertThat(file.splitsOf(1).splits()).hasSizeGreaterThan(1);
        assertThat(file.read()).isEqualTo(rows);
    }

    @Test
    void leavesNothingBehindWhenItIsNotFinished() {
        TableLayout layout = FileRows.layout("parquet", Map.of(), "i", "int");
        for (String point : List.of("parquet.before-row-group", "parquet.before-footer")) {
            Crash.install(
                    reached -> {
                        if (reached.equals(point)) {
                            throw new SkepException(ErrorCode.DISK_FULL, "Disk full at " + point);
                        }
                    });
            try (TableWriter writer = create(layout, memory)) {
                writer.write(RandomRows.batch(layout, List.of(List.of(1L))));
                assertThatThrownBy(writer::finish).hasMessage("Disk full at " + point);
            }
            assertThat(Files.exists(Path.of(path()))).isFalse();
            assertThat(memory.reserved()).isZero();
        }
    }

    @Test
    void refusesUnknownOptionsAndTypes() {
        List<Map<String, String>> options =
                List.of(
                        Map.of("parquet.compression", "shrink"),
                        Map.of("parquet.writer.version", "v3"),
                        Map.of("parquet.block.size", "much"));
        List<String> messages = new ArrayList<>();
        for (Map<String, String> properties : options) {
            TableLayout layout = FileRows.layout("parquet", properties, "i", "int");
            assertThatThrownBy(() -> create(layout, memory))
                    .isInstanceOf(SkepException.class)
                    .satisfies(e -> messages.add(e.getMessage()));
        }
        assertThat(messages)
                .containsExactly(
                        "parquet.compression must be UNCOMPRESSED, SNAPPY, GZIP or ZSTD: shrink",
                        "parquet.writer.version must be v1 or v2: v3",
                        "parquet.block.size must be a number of bytes: much");
        TableLayout union = FileRows.layout("parquet", Map.of(), "u", "uniontype<int,string>");
        assertThatThrownBy(() -> create(union, memory))
                .hasMessage("Cannot write column u: Parquet has no type uniontype<int,string>");
        assertThat(Files.exists(Path.of(path()))).isFalse();
    }
}
