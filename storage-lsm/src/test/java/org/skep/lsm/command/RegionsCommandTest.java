package org.skep.lsm.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.io.LocalFileSystem;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.operation.Put;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.RegionStore;
import org.skep.lsm.store.RegionStoreOptions;

final class RegionsCommandTest {
    private static final TableName GOODS = TableName.of("goods");

    @TempDir private Path path;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @BeforeEach
    void fill() {
        try (RegionStore store = open()) {
            store.createTable(
                    TableDescriptor.of(GOODS, ColumnFamily.named("f").withBlockSize(256)),
                    Cell.utf8("m"));
            for (int i = 0; i < 100; i++) {
                store.table(GOODS)
                        .put(
                                new Put(Cell.utf8("row%03d".formatted(i)))
                                        .add(Cell.utf8("f"), Cell.utf8("q"), Cell.utf8("value")));
            }
        }
    }

    private RegionStore open() {
        return RegionStore.open(
                LocalFileSystem.INSTANCE,
                path.resolve("regions").toString(),
                RegionStoreOptions.defaults().withoutBackground());
    }

    private int run(String... words) {
        output.reset();
        PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--data", path.toString()));
        return RegionsCommand.run(stream, stream, all);
    }

    private String said() {
        return output.toString(StandardCharsets.UTF_8)
                .replaceAll("[0-9a-f]{32}", "<region>")
                .replaceAll("[0-9]+ bytes", "<n> bytes")
                .replace(path.toString(), "<data>");
    }

    @Test
    void listsSplitsAndMerges() {
        assertThat(run("list")).isZero();
        assertThat(said())
                .isEqualTo(
                        """
                        goods  enabled, 2 regions
                          <region>  [, m)  0 files, <n> bytes
                          <region>  [m, )  1 files, <n> bytes
                        """);
        assertThat(run("split", "goods")).isZero();
        assertThat(run("split", "goods", "\\x00\\xFFa")).isZero();
        assertThat(run("compact", "goods")).isZero();
        assertThat(run("flush", "goods")).isZero();
        assertThat(run("list", "goods")).isZero();
        assertThat(said())
                .startsWith("goods  enabled, 4 regions\n  <region>  [, \\x00\\xFFa)  0 files")
                .contains("[m, row0");
    }

    @Test
    void checksAndRepairs() throws Exception {
        assertThat(run("check")).isZero();
        assertThat(said()).isEqualTo("No damage found: <data>/regions\n");
        try (var files = Files.walk(path.resolve("regions/data/default"))) {
            Path info =
                    files.filter(file -> file.endsWith(".regioninfo")).findFirst().orElseThrow();
            Files.delete(info);
        }
        assertThat(run("check")).isOne();
        assertThat(said())
                .startsWith("bad description: Region's directory does not say which it is: ")
                .contains("  repair would be: written from meta\n1 found; ");
        assertThat(run("check", "--repair")).isZero();
        assertThat(said()).endsWith("  repaired: written from meta\n1 repaired, 0 left\n");
        assertThat(run("check")).isZero();
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(run()).isEqualTo(2);
        assertThat(said()).startsWith("Usage: skep regions");
        assertThat(run("--help")).isZero();
        assertThat(run("dance")).isEqualTo(2);
        assertThat(said()).startsWith("skep regions: Command not known: dance\nUsage");
        assertThat(run("flush")).isEqualTo(2);
        assertThat(run("flush", "goods", "more")).isEqualTo(2);
        assertThat(run("list", "--repair")).isEqualTo(2);
        assertThat(run("check", "--mend")).isEqualTo(2);
        assertThat(run("list", "none")).isOne();
        assertThat(said()).isEqualTo("skep regions: Table not found: none\n");
        assertThat(run("list", "a b")).isOne();
        assertThat(run("split", "goods", "m")).isOne();
        assertThat(said()).contains("row is the first of a region");
        try (RegionStore store = open()) {
            assertThat(store.tables()).containsExactly(GOODS);
            assertThat(run("check")).isOne();
            assertThat(said())
                    .isEqualTo(
                            "skep regions: Region store is in use by this process:"
                                    + " <data>/regions\n");
        }
        Path none = path.resolve("none");
        assertThat(
                        RegionsCommand.run(
                                new PrintStream(output, true, StandardCharsets.UTF_8),
                                new PrintStream(output, true, StandardCharsets.UTF_8),
                                List.of("check", "--data", none.toString())))
                .isOne();
        assertThat(none).doesNotExist();
    }
}
