package org.skep.lsm.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.io.LocalFileSystem;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.filter.CompareOperator;
import org.skep.lsm.filter.SingleColumnValueFilter;
import org.skep.lsm.operation.Append;
import org.skep.lsm.operation.CheckAndMutate;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Increment;
import org.skep.lsm.operation.Mutation;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.RowMutations;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.Durability;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;

/** The examples of {@code docs/region-store.md}, which are quoted from here. */
final class ExamplesTest {
    private static final Path DOCUMENT = Path.of("../docs/region-store.md");
    private static final Path SOURCE =
            Path.of("src/test/java/org/skep/lsm/store/ExamplesTest.java");

    @TempDir private Path path;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String said() {
        String text = output.toString(StandardCharsets.UTF_8);
        output.reset();
        return text;
    }

    private void begin() {
        byte[] info = bytes("info");
        try (RegionStore store =
                RegionStore.open(
                        LocalFileSystem.INSTANCE,
                        path.resolve("regions").toString(),
                        RegionStoreOptions.defaults())) {
            store.createTable(
                    TableDescriptor.of(TableName.of("people"), ColumnFamily.named("info")));
            Table people = store.table(TableName.of("people"));

            people.put(
                    new Put(bytes("ada"))
                            .add(info, bytes("name"), bytes("Ada Lovelace"))
                            .add(info, bytes("born"), bytes("1815")));
            Result ada = people.get(new Get(bytes("ada")));
            ada.value(info, bytes("name")).ifPresent(name -> out.println(text(name)));

            try (TableScanner rows = people.scan(new Scan().startRow(bytes("a")).limit(10))) {
                for (Result row = rows.next(); row != null; row = rows.next()) {
                    out.println(text(row.row()) + ", " + row.cells().size() + " cells");
                }
            }
        }
    }

    private void tables(RegionStore store) {
        store.createNamespace("shop");
        TableDescriptor orders =
                new TableDescriptor(
                        TableName.of("shop:orders"),
                        List.of(
                                ColumnFamily.named("d").withMaxVersions(3),
                                ColumnFamily.named("log").withTtlMillis(86_400_000)),
                        Durability.FSYNC_WAL,
                        TableDescriptor.DEFAULT_FLUSH_SIZE,
                        TableDescriptor.DEFAULT_MAX_FILE_SIZE);
        store.createTable(orders, bytes("2025"), bytes("2026"));
        store.regions(orders.name()).forEach(out::println);

        store.addFamily(orders.name(), ColumnFamily.named("notes").withNewVersionBehavior());
        store.deleteFamily(orders.name(), "log");
        store.disableTable(orders.name());
        store.truncateTablePreservingSplits(orders.name());
    }

    private void writes(RegionStore store) {
        byte[] d = bytes("d");
        Table orders = store.table(TableName.of("shop:orders"));
        orders.mutateRow(
                new RowMutations(bytes("2026-001"))
                        .add(new Put(bytes("2026-001")).add(d, bytes("state"), bytes("new")))
                        .add(new Delete(bytes("2026-001")).addColumns(d, bytes("draft"))));

        boolean paid =
                orders.checkAndMutate(
                        CheckAndMutate.of(bytes("2026-001"))
                                .ifEquals(d, bytes("state"), bytes("new"))
                                .then(
                                        new Put(bytes("2026-001"))
                                                .add(d, bytes("state"), bytes("paid"))));

        Result count = orders.increment(new Increment(bytes("2026-001")).add(d, bytes("views"), 2));
        orders.append(new Append(bytes("2026-001")).add(d, bytes("trace"), bytes("a;")));
        out.println(paid + " " + ByteBuffer.wrap(count.cells().get(0).value()).getLong());

        List<Mutation<?>> many = new ArrayList<>();
        for (int day = 1; day <= 31; day++) {
            byte[] row = bytes("2026-01-%02d".formatted(day));
            many.add(new Put(row).add(d, bytes("sum"), bytes("0")));
        }
        for (Outcome outcome : orders.batch(many)) {
            outcome.check();
        }
    }

    private void scans(RegionStore store) {
        byte[] d = bytes("d");
        Table orders = store.table(TableName.of("shop:orders"));
        Scan scan =
                new Scan()
                        .prefix(bytes("2026-"))
                        .addFamily(d)
                        .filter(
                                new SingleColumnValueFilter(
                                                d,
                                                bytes("state"),
                                                CompareOperator.EQUAL,
                                                bytes("paid"))
                                        .rejectMissing());
        try (TableScanner cells = orders.scan(new Scan().prefix(bytes("2026-001")))) {
            while (cells.nextCell()) {
                out.println(cells.startsRow() + " " + Cell.copyOf(cells.cell()).type());
            }
        }
        try (TableScanner rows = orders.scan(scan)) {
            for (Result row = rows.next(); row != null; row = rows.next()) {
                out.println(text(row.row()));
            }
        }
    }

    private void snapshots(RegionStore store, Path directory) {
        TableName orders = TableName.of("shop:orders");
        store.snapshot("monday", orders);
        store.cloneSnapshot("monday", TableName.of("shop:orders_copy"));

        store.disableTable(orders);
        store.restoreSnapshot("monday");
        store.enableTable(orders);

        int files = store.exportSnapshot("monday", directory.resolve("export").toString());
        store.createTable(
                TableDescriptor.of(
                        TableName.of("shop:loaded"),
                        ColumnFamily.named("d"),
                        ColumnFamily.named("notes")));
        int loaded =
                store.load(TableName.of("shop:loaded"), directory.resolve("export").toString());
        out.println(files == loaded);
        store.deleteSnapshot("monday");
    }

    @Test
    void examplesRun() {
        begin();
        assertThat(said()).isEqualTo("Ada Lovelace\nada, 2 cells\n");
        try (RegionStore store =
                RegionStore.open(
                        LocalFileSystem.INSTANCE,
                        path.resolve("regions").toString(),
                        RegionStoreOptions.defaults())) {
            tables(store);
            assertThat(said()).contains("shop:orders[, 2025)").contains("shop:orders[2026, )");
            writes(store);
            assertThat(said()).isEqualTo("true 2\n");
            scans(store);
            assertThat(said()).isEqualTo("true PUT\nfalse PUT\nfalse PUT\n2026-001\n");
            snapshots(store, path);
            assertThat(said()).isEqualTo("true\n");
        }
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    @Test
    void documentQuotesThem() throws Exception {
        String source = words(Files.readString(SOURCE));
        Matcher blocks =
                Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(DOCUMENT));
        int count = 0;
        while (blocks.find()) {
            assertThat(source).contains(words(blocks.group(1)));
            count++;
        }
        assertThat(count).isGreaterThanOrEqualTo(5);
    }
}
