package org.skep.metastore.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.time.Clock;
import org.skep.metastore.Bucketing;
import org.skep.metastore.Catalogue;
import org.skep.metastore.CatalogueChange;
import org.skep.metastore.CatalogueStep;
import org.skep.metastore.Column;
import org.skep.metastore.ColumnStatistics;
import org.skep.metastore.DataStatistics;
import org.skep.metastore.Database;
import org.skep.metastore.Partition;
import org.skep.metastore.PartitionEdits;
import org.skep.metastore.PendingJournal;
import org.skep.metastore.Table;
import org.skep.metastore.TableKind;
import org.skep.metastore.TableStorage;
import org.skep.metastore.ViewDefinition;

class ZooKeeperCatalogueTest {
    private static final Instant TIME = Instant.parse("2026-03-04T05:06:07.000000008Z");

    @TempDir static Path directory;
    private static Catalogue catalogue;

    @BeforeAll
    static void open() {
        catalogue = ZooKeeperCatalogue.embedded(directory, Clock.SYSTEM);
    }

    @AfterAll
    static void close() {
        catalogue.close();
    }

    static ErrorCode codeOf(ThrowingCallable call) {
        return catchThrowableOfType(SkepException.class, call).code();
    }

    static Database database(String name) {
        return catalogue.createDatabase(Database.named(name, "ann", TIME));
    }

    static Table.Builder plain(String database, String name) {
        return Table.named(database, name)
                .owner("ann")
                .createTime(TIME)
                .columns(List.of(Column.of("id", "int"), Column.of("word", "string", "a word")))
                .storage(TableStorage.NONE.withLocation("/w/" + name));
    }

    static Table.Builder partitioned(String database, String name) {
        return plain(database, name)
                .partitionColumns(List.of(Column.of("day", "date"), Column.of("k", "string")));
    }

    static Partition partition(String day, String k) {
        return Partition.at(List.of(day, k), "/w/" + day + "/" + k, TIME);
    }

    @Test
    void theDefaultDatabaseIsThereAndStays() {
        Database standard = catalogue.requireDatabase("DEFAULT");
        assertThat(standard.name()).isEqualTo("default");
        assertThat(catalogue.databaseNames()).contains("default");
        assertThat(codeOf(() -> catalogue.dropDatabase(standard)))
                .isEqualTo(ErrorCode.NOT_SUPPORTED);
        assertThat(codeOf(() -> database("default"))).isEqualTo(ErrorCode.DATABASE_EXISTS);
    }

    @Test
    void databasesAreCreatedAlteredAndDropped() {
        Database made = database("Sales");
        assertThat(made.name()).isEqualTo("sales");
        assertThat(catalogue.databaseNames()).contains("sales");
        Database changed =
                catalogue.alterDatabase(
                        made.withComment("all sales")
                                .withLocation("/w/sales.db")
                                .withOwner("bob")
                                .withProperties(Map.of("a", "1")));
        assertThat(catalogue.database("sales")).contains(changed);
        assertThat(changed.comment()).contains("all sales");
        assertThat(changed.properties()).containsEntry("a", "1");
        assertThat(codeOf(() -> catalogue.alterDatabase(made))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(codeOf(() -> catalogue.dropDatabase(made))).isEqualTo(ErrorCode.CONFLICT);
        catalogue.dropDatabase(changed);
        assertThat(catalogue.database("sales")).isEmpty();
        assertThat(codeOf(() -> catalogue.requireDatabase("sales")))
                .isEqualTo(ErrorCode.DATABASE_NOT_FOUND);
        assertThat(codeOf(() -> catalogue.tableNames("sales")))
                .isEqualTo(ErrorCode.DATABASE_NOT_FOUND);
        assertThat(codeOf(() -> catalogue.alterDatabase(changed)))
                .isEqualTo(ErrorCode.DATABASE_NOT_FOUND);
    }

    @Test
    void everyPartOfATableIsKept() {
        database("parts");
        TableStorage storage =
                new TableStorage(
                        "text",
                        "org.example.Serde",
                        new TreeMap<>(Map.of("field.delim", ",")),
                        "in",
                        "out",
                        Optional.of("/w/parts.db/t"));
        Table definition =
                partitioned("parts", "t")
                        .kind(TableKind.EXTERNAL)
                        .comment(Optional.of("ein Tisch, 机, 🐝"))
                        .storage(storage)
                        .property("skip.header.line.count", "1")
                        .bucketing(
                                Optional.of(
                                        new Bucketing(
                                                List.of("id"),
                                                List.of(new Bucketing.SortColumn("word", false)),
                                                8)))
                        .constraints(List.of("PRIMARY KEY (id) DISABLE NOVALIDATE"))
                        .statistics(new DataStatistics(5, 2, 900))
                        .addPendingJournal(new PendingJournal("j1", -7))
                        .build();
        Table made = catalogue.createTable(definition);
        assertThat(made.version()).isEqualTo(1);
        assertThat(made.id()).isNotEmpty();
        Table read = catalogue.requireTable("parts", "T");
        assertThat(read).isEqualTo(made);
        assertThat(read.toBuilder().identity("", 0, definition.state()).build())
                .isEqualTo(definition);
        assertThat(read.columns()).extracting(Column::id).containsExactly(1, 2);
        assertThat(read.partitionColumns()).extracting(Column::id).containsExactly(3, 4);
    }

    @Test
    void aViewKeepsItsTexts() {
        database("views");
        ViewDefinition text = new ViewDefinition("select * from t", "select t.id from views.t");
        Table made = catalogue.createTable(plain("views", "v").view(text).build());
        assertThat(catalogue.requireTable("views", "v")).isEqualTo(made);
        assertThat(made.isView()).isTrue();
        assertThat(made.view()).contains(text);
    }

    @Test
    void columnIdsAreNeverUsedAgain() {
        database("ids");
        Table made = catalogue.createTable(plain("ids", "t").build());
        Table dropped =
                catalogue.alterTable(
                        made, made.toBuilder().columns(made.columns().subList(0, 1)).build());
        Table added =
                catalogue.alterTable(
                        dropped,
                        dropped.toBuilder()
                                .columns(
                                        List.of(
                                                dropped.columns().get(0),
                                                Column.of("word", "string")))
                                .build());
        assertThat(added.columns()).extracting(Column::id).containsExactly(1, 3);
        assertThat(added.version()).isEqualTo(3);
        assertThat(catalogue.requireTable("ids", "t")).isEqualTo(added);
    }

    @Test
    void aStaleBaseIsAConflictAndChangesNothing() {
        database("stale");
        Table first = catalogue.createTable(plain("stale", "t").build());
        Table second = catalogue.alterTable(first, first.toBuilder().property("a", "1").build());
        assertThat(
                        codeOf(
                                () ->
                                        catalogue.alterTable(
                                                first,
                                                first.toBuilder().property("a", "2").build())))
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(codeOf(() -> catalogue.dropTable(first))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(catalogue.requireTable("stale", "t")).isEqualTo(second);
        catalogue.dropTable(second);
        assertThat(catalogue.table("stale", "t")).isEmpty();
    }

    @Test
    void aTableOfTheSameNameIsAnother() {
        database("again");
        Table first = catalogue.createTable(plain("again", "t").build());
        assertThat(codeOf(() -> catalogue.createTable(plain("again", "t").build())))
                .isEqualTo(ErrorCode.TABLE_EXISTS);
        catalogue.dropTable(first);
        Table second = catalogue.createTable(plain("again", "t").build());
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(codeOf(() -> catalogue.alterTable(first, first))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(codeOf(() -> catalogue.dropTable(first))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(catalogue.requireTable("again", "t")).isEqualTo(second);
    }

    @Test
    void aRenameMovesTheTableAndKeepsItsPartitions() {
        database("from_db");
        database("to_db");
        Table made = catalogue.createTable(partitioned("from_db", "t").build());
        Table filled =
                catalogue.alterPartitions(
                        made, PartitionEdits.add(List.of(partition("2026-01-01", "a"))));
        Table taken = catalogue.createTable(plain("to_db", "taken").build());
        assertThat(
                        codeOf(
                                () ->
                                        catalogue.alterTable(
                                                filled,
                                                filled.toBuilder().name("to_db", "taken").build())))
                .isEqualTo(ErrorCode.TABLE_EXISTS);
        assertThat(
                        codeOf(
                                () ->
                                        catalogue.alterTable(
                                                filled,
                                                filled.toBuilder().name("no_db", "t").build())))
                .isEqualTo(ErrorCode.DATABASE_NOT_FOUND);
        Table moved = catalogue.alterTable(filled, filled.toBuilder().name("to_db", "u").build());
        assertThat(moved.id()).isEqualTo(made.id());
        assertThat(catalogue.table("from_db", "t")).isEmpty();
        assertThat(catalogue.requireTable("to_db", "u")).isEqualTo(moved);
        assertThat(catalogue.partitionNames(moved)).containsExactly("day=2026-01-01/k=a");
        assertThat(catalogue.tableNames("to_db")).containsExactly("taken", "u");
        assertThat(catalogue.requireTable("to_db", "taken")).isEqualTo(taken);
    }

    @Test
    void aDatabaseWithTablesIsDroppedOnlyTogetherWithThem() {
        Database full = database("full");
        Table a = catalogue.createTable(plain("full", "a").build());
        Table b = catalogue.createTable(partitioned("full", "b").build());
        assertThat(codeOf(() -> catalogue.dropDatabase(full)))
                .isEqualTo(ErrorCode.DATABASE_NOT_EMPTY);
        assertThat(catalogue.tableNames("full")).containsExactly("a", "b");
        PendingJournal journal = new PendingJournal("drop-full", 12);
        catalogue.commit(
                CatalogueChange.builder().drop(a).drop(b).drop(full).journal(journal).build());
        assertThat(catalogue.database("full")).isEmpty();
        assertThat(catalogue.table("full", "a")).isEmpty();
        assertThat(catalogue.journals()).contains(journal);
        catalogue.clearJournal(journal);
        assertThat(catalogue.journals()).doesNotContain(journal);
        assertThat(codeOf(() -> catalogue.createTable(plain("full", "c").build())))
                .isEqualTo(ErrorCode.DATABASE_NOT_FOUND);
    }

    @Test
    void severalTablesAreCommittedTogetherOrNotAtAll() {
        database("multi");
        Table a = catalogue.createTable(plain("multi", "a").build());
        Table b = catalogue.createTable(plain("multi", "b").build());
        PendingJournal journal = new PendingJournal("m1", 1);
        CatalogueChange both =
                CatalogueChange.builder()
                        .alter(a, a.toBuilder().addPendingJournal(journal).build())
                        .alter(b, b.toBuilder().addPendingJournal(journal).build())
                        .build();
        List<Table> done = catalogue.commit(both);
        assertThat(done).extracting(Table::version).containsExactly(2L, 2L);
        assertThat(catalogue.requireTable("multi", "b")).isEqualTo(done.get(1));
        CatalogueChange half =
                CatalogueChange.builder()
                        .alter(
                                done.get(0),
                                done.get(0).toBuilder().removePendingJournal("m1").build())
                        .alter(b, b)
                        .build();
        assertThat(codeOf(() -> catalogue.commit(half))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(catalogue.requireTable("multi", "a").pendingJournals()).containsExactly(journal);
        Table cleared =
                catalogue.alterTable(
                        done.get(0), done.get(0).toBuilder().removePendingJournal("m1").build());
        assertThat(cleared.pendingJournals()).isEmpty();
    }

    @Test
    void partitionsAreAddedReplacedAndDropped() {
        database("pt");
        Table made = catalogue.createTable(partitioned("pt", "t").build());
        assertThat(catalogue.partitions(made)).isEmpty();
        Partition rich =
                new Partition(
                        List.of("2026-01-02", "x/y=z"),
                        "/elsewhere",
                        new TreeMap<>(Map.of("p", "q")),
                        Optional.of(TableStorage.NONE.withLocation("/own")),
                        Optional.of(List.of(made.columns().get(0))),
                        new DataStatistics(3, 1, 40),
                        Map.of(
                                1,
                                ColumnStatistics.of(3, 0, Optional.of("-5"), Optional.of("9")),
                                2,
                                new ColumnStatistics(
                                        2, 1, Optional.empty(), Optional.empty(), 3.5, 7, -1)),
                        TIME);
        Partition empty = partition("2026-01-01", "");
        Table filled = catalogue.alterPartitions(made, PartitionEdits.add(List.of(rich, empty)));
        assertThat(filled.partitionCount()).isEqualTo(2);
        assertThat(catalogue.partitionNames(filled))
                .containsExactly(
                        "day=2026-01-01/k=__HIVE_DEFAULT_PARTITION__",
                        "day=2026-01-02/k=x%2Fy%3Dz");
        assertThat(catalogue.partition(filled, List.of("2026-01-02", "x/y=z"))).contains(rich);
        assertThat(catalogue.partition(filled, List.of("2026-01-01", ""))).contains(empty);
        assertThat(empty.isDefault(1)).isTrue();
        assertThat(catalogue.partition(filled, List.of("2026-01-03", "a"))).isEmpty();
        assertThat(catalogue.partitions(filled, v -> v.get(0).endsWith("2"))).containsExactly(rich);

        assertThat(
                        codeOf(
                                () ->
                                        catalogue.alterPartitions(
                                                filled, PartitionEdits.add(List.of(rich)))))
                .isEqualTo(ErrorCode.PARTITION_EXISTS);
        assertThat(
                        codeOf(
                                () ->
                                        catalogue.alterPartitions(
                                                filled,
                                                PartitionEdits.drop(
                                                        List.of(List.of("2026-01-09", "a"))))))
                .isEqualTo(ErrorCode.PARTITION_NOT_FOUND);

        Partition moved = rich.withLocation("/third");
        Table replaced = catalogue.alterPartitions(filled, PartitionEdits.put(List.of(moved)));
        assertThat(catalogue.partitions(replaced)).containsExactly(empty, moved);
        // Whoever holds the older version still reads the older version.
        assertThat(catalogue.partitions(filled)).containsExactly(empty, rich);
        Table dropped =
                catalogue.alterPartitions(
                        replaced, PartitionEdits.drop(List.of(moved.values(), empty.values())));
        assertThat(dropped.partitionCount()).isZero();
        assertThat(catalogue.partitionValues(dropped)).isEmpty();
    }

    @Test
    void aTableIsCreatedWithItsPartitionsAndStatistics() {
        database("ctas");
        Map<Integer, ColumnStatistics> statistics =
                Map.of(1, ColumnStatistics.of(10, 0, Optional.of("1"), Optional.of("10")));
        Partition only = partition("2026-01-01", "a");
        Table made =
                catalogue
                        .commit(
                                CatalogueChange.builder()
                                        .step(
                                                new CatalogueStep.CreateTable(
                                                        partitioned("ctas", "t").build(),
                                                        PartitionEdits.add(List.of(only)),
                                                        statistics))
                                        .build())
                        .get(0);
        assertThat(catalogue.columnStatistics(made)).isEqualTo(statistics);
        assertThat(catalogue.partitions(made)).containsExactly(only);
        Table altered = catalogue.alterTable(made, made.toBuilder().property("a", "b").build());
        assertThat(catalogue.columnStatistics(altered)).isEqualTo(statistics);
        Table cleared =
                catalogue
                        .commit(
                                CatalogueChange.builder()
                                        .step(
                                                new CatalogueStep.AlterTable(
                                                        altered,
                                                        altered,
                                                        PartitionEdits.NONE,
                                                        Optional.of(Map.of())))
                                        .build())
                        .get(0);
        assertThat(catalogue.columnStatistics(cleared)).isEmpty();
        assertThat(catalogue.tables("ctas", name -> true)).containsExactly(cleared);
    }
}
