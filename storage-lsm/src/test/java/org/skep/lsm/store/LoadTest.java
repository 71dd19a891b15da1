package org.skep.lsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skep.lsm.store.TestStore.F;
import static org.skep.lsm.store.TestStore.GOODS;
import static org.skep.lsm.store.TestStore.Q;
import static org.skep.lsm.store.TestStore.cells;
import static org.skep.lsm.store.TestStore.content;
import static org.skep.lsm.store.TestStore.goods;
import static org.skep.lsm.store.TestStore.letters;
import static org.skep.lsm.store.TestStore.put;
import static org.skep.lsm.store.TestStore.utf8;
import static org.skep.lsm.store.TestStore.value;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.LocalFileSystem;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.hfile.HFileOptions;
import org.skep.lsm.hfile.HFileWriter;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Put;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.TableName;

/** Loading of files that others wrote, and writing such files. */
final class LoadTest {
    @TempDir private Path path;
    @TempDir private Path outside;
    private RegionStore store;
    private Table table;

    @BeforeEach
    void open() {
        store = TestStore.open(LocalFileSystem.INSTANCE, path.toString());
        table = store.table(GOODS);
        if (!store.exists(GOODS)) {
            store.createTable(goods(), utf8("f"), utf8("m"));
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void write(String family, String name, long timestamp, String rows) throws Exception {
        Path file = Files.createDirectories(outside.resolve(family)).resolve(name);
        HFileOptions options = HFileOptions.of(ColumnFamily.named(family), 0, 0).withoutSequences();
        try (HFileWriter writer =
                HFileWriter.create(LocalFileSystem.INSTANCE, file.toString(), options)) {
            for (String row : letters(rows)) {
                writer.append(
                        Cell.of(
                                        utf8(row),
                                        utf8(family),
                                        Q,
                                        timestamp,
                                        CellType.PUT,
                                        utf8(name + row))
                                .view());
            }
            writer.finish();
        }
    }

    private static void assertRefused(ErrorCode code, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void cutsFilesAtTheBoundsOfRegions() throws Exception {
        write("f", "wide", 5, "abefghlmnz");
        write("f", "narrow", 6, "gh");
        write("g", "other", 7, "amz");
        write("f", "nothing", 7, "");
        Files.writeString(outside.resolve("f/_hidden"), "not a store file");
        Files.writeString(outside.resolve("readme"), "not a family");
        table.put(new Put(utf8("h")).add(F, Q, 4, utf8("older")));
        table.put(new Put(utf8("b")).add(F, Q, 9, utf8("newer")));
        assertThat(store.load(GOODS, outside.toString())).isEqualTo(6);
        assertThat(content(store))
                .hasSize(10)
                .containsEntry("a", "widea")
                .containsEntry("g", "narrowg")
                .containsEntry("h", "narrowh")
                .containsEntry("b", "newer");
        assertThat(table.get(new Get(utf8("m"))).value(utf8("g"), Q).orElseThrow())
                .isEqualTo(utf8("otherm"));
        List<String> then = cells(store, GOODS);
        close();
        open();
        assertThat(cells(store, GOODS)).isEqualTo(then);
        store.majorCompact(GOODS);
        assertThat(cells(store, GOODS)).isEqualTo(then);
        assertThat(path.resolve("tmp")).isEmptyDirectory();
        assertThat(outside.resolve("f/wide")).exists();
    }

    @Test
    void countsAsWrittenNow() throws Exception {
        write("f", "one", 5, "a");
        table.put(new Put(utf8("a")).add(F, Q, 5, utf8("before")));
        store.load(GOODS, outside.toString());
        assertThat(value(store, "a")).isEqualTo("onea");
        table.put(new Put(utf8("a")).add(F, Q, 5, utf8("after")));
        assertThat(value(store, "a")).isEqualTo("after");
        close();
        open();
        assertThat(value(store, "a")).isEqualTo("after");
        store.majorCompact(GOODS);
        assertThat(value(store, "a")).isEqualTo("after");
    }

    @Test
    void isNotSeenByScansThatBeganBefore() throws Exception {
        write("f", "one", 5, "agz");
        table.put(put("b", "1"));
        try (TableScanner scanner = table.scan(new org.skep.lsm.operation.Scan())) {
            store.load(GOODS, outside.toString());
            assertThat(scanner.next().row()).isEqualTo(utf8("b"));
            assertThat(scanner.next()).isNull();
        }
        assertThat(content(store)).hasSize(4);
    }

    @Test
    void refusesWhatDoesNotFit() throws Exception {
        write("f", "good", 5, "az");
        write("h", "bad", 5, "a");
        assertRefused(ErrorCode.INVALID_LOAD_FILE, () -> store.load(GOODS, outside.toString()));
        Files.move(outside.resolve("h/bad"), outside.resolve("f/bad"));
        Files.delete(outside.resolve("h"));
        assertRefused(ErrorCode.INVALID_LOAD_FILE, () -> store.load(GOODS, outside.toString()));
        Files.write(outside.resolve("f/bad"), utf8("too short"));
        assertRefused(ErrorCode.CORRUPT_FILE, () -> store.load(GOODS, outside.toString()));
        Files.delete(outside.resolve("f/bad"));
        byte[] bytes = Files.readAllBytes(outside.resolve("f/good"));
        bytes[50] ^= 1;
        Files.write(outside.resolve("f/good"), bytes);
        assertRefused(ErrorCode.CORRUPT_FILE, () -> store.load(GOODS, outside.toString()));
        assertRefused(
                ErrorCode.FILE_NOT_FOUND,
                () -> store.load(GOODS, outside.resolve("none").toString()));
        assertThat(content(store)).isEmpty();
        assertThat(store.stuckProcedures()).isEmpty();
        assertThat(path.resolve("tmp")).isEmptyDirectory();
        store.disableTable(GOODS);
        assertRefused(ErrorCode.RUNTIME_ERROR, () -> store.load(GOODS, outside.toString()));
    }

    @Test
    void loadsWhatASnapshotExported() throws Exception {
        for (String row : letters("abefghlmnz")) {
            table.put(put(row, "v" + row).add(utf8("g"), Q, utf8(row)));
        }
        store.flush(GOODS);
        table.delete(new Delete(utf8("b")));
        store.split(GOODS, utf8("h"));
        store.snapshot("moment", GOODS);
        List<String> then = cells(store, GOODS);
        table.put(put("c", "later"));
        Path target = outside.resolve("export");
        int count = store.exportSnapshot("moment", target.toString());
        assertRefused(
                ErrorCode.INVALID_PATH, () -> store.exportSnapshot("moment", target.toString()));
        try (Stream<Path> files = Files.walk(target)) {
            assertThat(files.filter(Files::isRegularFile).count()).isEqualTo(count);
        }
        TableName copy = TableName.of("copy");
        store.createTable(
                org.skep.lsm.schema.TableDescriptor.of(
                        copy, ColumnFamily.named("f"), ColumnFamily.named("g")),
                utf8("e"));
        store.load(copy, target.toString());
        assertThat(cells(store, copy)).isEqualTo(then);
    }
}
