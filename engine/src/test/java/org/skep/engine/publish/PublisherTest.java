package org.skep.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.Database;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.metastore.zookeeper.ZooKeeperCatalogue;

class PublisherTest {
    @TempDir Path directory;

    private Catalogue catalogue;
    private Publisher publisher;
    private Tables tables;

    @BeforeEach
    void open() {
        catalogue = ZooKeeperCatalogue.embedded(directory.resolve("catalogue"), Clock.SYSTEM);
        publisher = publisher();
        tables =
                new Tables(
                        catalogue,
                        publisher,
                        LocalFileSystem.INSTANCE,
                        directory.resolve("warehouse").toString());
    }

    private Publisher publisher() {
        return new Publisher(
                catalogue,
                location -> LocalFileSystem.INSTANCE,
                Clock.SYSTEM,
                directory.resolve("journal"));
    }

    @AfterEach
    void close() {
        publisher.close();
        catalogue.close();
    }

    @Test
    void insertsAddFilesUnderTheQuerysName() {
        tables.create("t");
        tables.insert("q1", "t", "one\n");
        tables.insert("q2", "t", "two\nthree\n");
        assertThat(tables.lines("t")).containsExactly("one", "three", "two");
        assertThat(tables.tree(tables.location("t")))
                .containsExactly("000000_0_q1.txt", "000000_0_q2.txt");
        assertThat(tables.table("t").statistics().rows()).isEqualTo(3);
        assertThat(tables.table("t").statistics().files()).isEqualTo(2);
    }

    @Test
    void overwritingWaitsForTheReadersOfWhatWasThere() {
        tables.create("t");
        tables.insert("q1", "t", "one\n");
        Table before = tables.table("t");
        TableSnapshot old = publisher.snapshot(before, List.of());
        tables.overwrite("q2", "t", "two\n");
        assertThat(tables.lines("t")).containsExactly("two");
        assertThat(tables.lines(before, List.of(), old)).containsExactly("one");
        assertThat(tables.tree(tables.location("t")))
                .filteredOn(path -> path.endsWith("txt"))
                .containsExactly("000000_0_q1.txt", "000000_0_q2.txt");
        old.close();
        assertThat(tables.tree(tables.location("t")))
                .filteredOn(path -> path.endsWith("txt"))
                .hasSize(2)
                .anyMatch(path -> path.matches("_skep_trash/[^/]*/0-000000_0_q1.txt"));
        // Somebody who read the definition before and comes late finds it all the same.
        assertThat(tables.lines(before)).containsExactly("one");
        assertThat(tables.lines("t")).containsExactly("two");
    }

    @Test
    void closingLeavesOnlyTheTable() {
        tables.create("t");
        tables.insert("q1", "t", "one\n");
        tables.overwrite("q2", "t", "two\n");
        publisher.close();
        assertThat(tables.tree(tables.location("t"))).containsExactly("000000_0_q2.txt");
        assertThat(tables.tree(directory.resolve("journal").toString())).isEmpty();
        assertThat(tables.table("t").pendingJournals()).isEmpty();
        publisher = publisher();
        publisher.recover();
    }

    @Test
    void partitionsAreReplacedCreatedAndDropped() {
        tables.createPartitioned("t");
        tables.overwrite("q1", "t", new TreeMap<>(Map.of("a", "1\n", "b", "2\n")));
        tables.overwrite("q2", "t", new TreeMap<>(Map.of("b", "3\n", "c", "4\n")));
        assertThat(tables.lines("t")).containsExactly("a:1", "b:3", "c:4");
        Table before = tables.table("t");
        tables.dropPartitions("q3", "t", List.of("a", "c"));
        assertThat(tables.lines("t")).containsExactly("b:3");
        assertThat(tables.lines(before)).containsExactly("a:1", "b:3", "c:4");
        assertThat(catalogue.partitionNames(tables.table("t"))).containsExactly("p=b");
        publisher.close();
        assertThat(tables.tree(tables.location("t")))
                .containsExactly("p=b/", "p=b/000000_0_q2.txt");
        assertThatThrownBy(() -> tables.dropPartitions("q4", "t", List.of("nowhere")))
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.PARTITION_NOT_FOUND));
    }

    @Test
    void truncatingKeepsThePartitions() {
        tables.createPartitioned("t");
        tables.overwrite("q1", "t", new TreeMap<>(Map.of("a", "1\n", "b", "2\n")));
        publisher.publish(
                new Publication(
                        "q2", List.of(TableChange.of(tables.table("t")).replaceTable().build())));
        assertThat(tables.lines("t")).isEmpty();
        assertThat(catalogue.partitionNames(tables.table("t"))).containsExactly("p=a", "p=b");
    }

    @Test
    void aTableIsCreatedWithItsFilesInOneCommit() {
        Table definition = Tables.definition("made", tables.location("made"), false);
        try (Staging staging = publisher.begin("q1", tables.location("made"))) {
            publisher.publish(
                    new Publication(
                            "q1",
                            List.of(
                                    TableChange.of(definition)
                                            .add(List.of(tables.file(staging, List.of(), "one\n")))
                                            .build())));
        }
        assertThat(tables.lines("made")).containsExactly("one");
        assertThat(tables.table("made").version()).isEqualTo(1);
    }

    @Test
    void aDroppedTableCanBeMadeAgainWhileTheOldOneIsRead() {
        tables.createPartitioned("t");
        tables.overwrite("q1", "t", new TreeMap<>(Map.of("a", "1\n", "b", "2\n")));
        Table before = tables.table("t");
        List<Partition> partitions = catalogue.partitions(before);
        try (TableSnapshot old = publisher.snapshot(before, partitions)) {
            publisher.drop("q2", List.of(before), Optional.empty());
            assertThat(catalogue.table("default", "t")).isEmpty();
            tables.createPartitioned("t");
            assertThat(tables.lines("t")).isEmpty();
            tables.overwrite("q3", "t", new TreeMap<>(Map.of("a", "5\n")));
            assertThat(tables.lines("t")).containsExactly("a:5");
            assertThat(tables.lines(before, partitions, old)).containsExactly("a:1", "b:2");
        }
        assertThat(tables.lines("t")).containsExactly("a:5");
        publisher.close();
        assertThat(tables.tree(tables.location("t")))
                .containsExactly("p=a/", "p=a/000000_0_q3.txt");
    }

    @Test
    void aDroppedTableLeavesNothing() {
        tables.createPartitioned("t");
        tables.overwrite("q1", "t", new TreeMap<>(Map.of("a", "1\n", "b", "2\n")));
        tables.write(tables.location("t") + "/p=a/_SUCCESS", List.of(), "");
        publisher.drop("q2", List.of(tables.table("t")), Optional.empty());
        publisher.close();
        assertThat(tables.tree(directory.resolve("warehouse").toString())).isEmpty();
        assertThat(catalogue.journals()).isEmpty();
    }

    @Test
    void aRenamedTableTakesItsFilesAlong() {
        tables.createPartitioned("t");
        tables.overwrite("q1", "t", new TreeMap<>(Map.of("a", "1\n", "b", "2\n")));
        Table before = tables.table("t");
        List<Partition> partitions = catalogue.partitions(before);
        TableSnapshot old = publisher.snapshot(before, partitions);
        Table renamed =
                before.toBuilder()
                        .name("default", "u")
                        .storage(before.storage().withLocation(tables.location("u")))
                        .build();
        publisher.publish(
                new Publication(
                        "q2", List.of(TableChange.of(before).target(renamed).moveFiles().build())));
        assertThat(tables.lines("u")).containsExactly("a:1", "b:2");
        assertThat(tables.lines(before, partitions, old)).containsExactly("a:1", "b:2");
        assertThat(tables.tree(tables.location("t"))).contains("p=a/000000_0_q1.txt");
        old.close();
        assertThat(tables.lines("u")).containsExactly("a:1", "b:2");
        assertThat(tables.tree(tables.location("u")))
                .containsExactly("p=a/", "p=a/000000_0_q1.txt", "p=b/", "p=b/000001_0_q1.txt");
        assertThat(tables.lines(before)).containsExactly("a:1", "b:2");
        publisher.close();
        assertThat(tables.tree(directory.resolve("warehouse").toString()))
                .allMatch(path -> path.startsWith("u/"));
    }

    @Test
    void loadedFilesKeepTheirNames() {
        tables.create("t");
        for (int i = 1; i <= 2; i++) {
            String source = directory.resolve("a.csv").toString();
            publisher.publish(
                    new Publication(
                            "q" + i,
                            List.of(
                                    TableChange.of(tables.table("t"))
                                            .load(
                                                    List.of(
                                                            tables.write(
                                                                    source,
                                                                    List.of(),
                                                                    "line " + i + "\n")))
                                            .build())));
        }
        assertThat(tables.tree(tables.location("t"))).containsExactly("a.csv", "a_copy_1.csv");
        assertThat(tables.lines("t")).containsExactly("line 1", "line 2");
    }

    @Test
    void filesOfOtherToolsAreData() {
        tables.create("t");
        tables.insert("q1", "t", "one\n");
        tables.write(tables.location("t") + "/other.txt", List.of(), "other\n");
        tables.write(tables.location("t") + "/_hidden", List.of(), "no\n");
        assertThat(tables.lines("t")).containsExactly("one", "other");
        tables.overwrite("q2", "t", "two\n");
        assertThat(tables.lines("t")).containsExactly("two");
    }

    @Test
    void aChangeThatWasOvertakenIsMadeToTheNewestVersion() {
        tables.create("t");
        Table stale = tables.table("t");
        catalogue.alterTable(stale, stale.toBuilder().property("k", "v").build());
        try (Staging staging = publisher.begin("q1", tables.location("t"))) {
            publisher.publish(
                    new Publication(
                            "q1",
                            List.of(
                                    TableChange.of(stale)
                                            .add(List.of(tables.file(staging, List.of(), "one\n")))
                                            .build())));
        }
        assertThat(tables.lines("t")).containsExactly("one");
        assertThat(tables.table("t").properties()).containsEntry("k", "v");
        Table other = stale.toBuilder().property("k", "w").build();
        assertThatThrownBy(
                        () ->
                                publisher.publish(
                                        new Publication(
                                                "q2",
                                                List.of(
                                                        TableChange.of(stale)
                                                                .target(other)
                                                                .build()))))
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void anExactChangeIsNotMadeToANewerVersion() {
        tables.create("t");
        Table read = tables.table("t");
        tables.insert("q1", "t", "a\n");
        assertThatThrownBy(
                        () ->
                                publisher.publish(
                                        new Publication(
                                                "q2",
                                                List.of(
                                                        TableChange.of(read)
                                                                .replaceTable()
                                                                .exact()
                                                                .build()))))
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
        assertThat(tables.lines("t")).containsExactly("a");
    }

    @Test
    void whatWasNotPublishedIsDeleted() {
        tables.create("t");
        Staging abandoned = publisher.begin("q1", tables.location("t"));
        tables.file(abandoned, List.of(), "lost\n");
        // As if the process ended here.
        Publisher next = publisher();
        next.recover();
        assertThat(tables.tree(tables.location("t"))).isEmpty();
        assertThat(tables.tree(directory.resolve("journal").toString())).isEmpty();
        next.close();
    }

    @Test
    void aDroppedDatabaseTakesItsDirectoryAlongButNotTheFilesOfOthers() {
        String place = directory.resolve("warehouse/d.db").toString();
        Database database = Database.named("d", "somebody", Instant.EPOCH).withLocation(place);
        for (boolean foreign : List.of(false, true)) {
            Database made = catalogue.createDatabase(database);
            LocalFileSystem.INSTANCE.createDirectories(place);
            if (foreign) {
                tables.write(place + "/somebody's", List.of(), "file\n");
            }
            publisher.drop("q", List.of(), Optional.of(made));
            assertThat(LocalFileSystem.INSTANCE.status(place).isPresent()).isEqualTo(foreign);
        }
    }

    /** The catalogue, which says once that it does not know whether a commit happened. */
    private Catalogue forgetful(boolean committed) {
        AtomicBoolean armed = new AtomicBoolean(true);
        return (Catalogue)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Catalogue.class},
                        (proxy, method, arguments) -> {
                            boolean fails =
                                    method.getName().equals("commit")
                                            && armed.compareAndSet(true, false);
                            Object answer = null;
                            if (!fails || committed) {
                                answer = method.invoke(catalogue, arguments);
                            }
                            if (fails) {
                                throw new SkepException(
                                        ErrorCode.CATALOGUE_UNAVAILABLE, "Connection was lost");
                            }
                            return answer;
                        });
    }

    @Test
    void aCommitOfWhichNobodyKnowsIsFoundOutLater() {
        for (boolean committed : List.of(true, false)) {
            String name = "t" + committed;
            tables.create(name);
            tables.insert("q1", name, "old\n");
            Publisher unsure =
                    new Publisher(
                            forgetful(committed),
                            location -> LocalFileSystem.INSTANCE,
                            Clock.SYSTEM,
                            directory.resolve("journal-" + committed));
            Tables inDoubt =
                    new Tables(
                            catalogue,
                            unsure,
                            LocalFileSystem.INSTANCE,
                            directory.resolve("warehouse").toString());
            assertThatThrownBy(() -> inDoubt.overwrite("q2", name, "new\n"))
                    .isInstanceOfSatisfying(
                            SkepException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CATALOGUE_UNAVAILABLE));
            String expected = committed ? "new" : "old";
            assertThat(inDoubt.lines(name)).containsExactly(expected);
            inDoubt.insert("q3", name, "more\n");
            assertThat(inDoubt.lines(name)).containsExactly("more", expected);
            unsure.close();
            Publisher next =
                    new Publisher(
                            catalogue,
                            location -> LocalFileSystem.INSTANCE,
                            Clock.SYSTEM,
                            directory.resolve("journal-" + committed));
            next.recover();
            assertThat(tables.lines(name)).containsExactly("more", expected);
            assertThat(tables.tree(tables.location(name))).hasSize(2);
            next.close();
        }
    }

    @Test
    void aDamagedJournalConcernsItsTableAlone() throws Exception {
        tables.create("t");
        tables.create("other");
        tables.insert("q1", "other", "fine\n");
        publisher.close();
        publisher = publisher();
        Tables before =
                new Tables(
                        catalogue,
                        publisher,
                        LocalFileSystem.INSTANCE,
                        directory.resolve("warehouse").toString());
        before.insert("q2", "t", "one\n");
        // As if the process ended here, and the disk were broken.
        Path journal;
        try (Stream<Path> files = Files.list(directory.resolve("journal"))) {
            journal =
                    files.filter(f -> f.toString().endsWith(".journal")).findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(journal);
        bytes[bytes.length - 1] ^= 1;
        Files.write(journal, bytes);
        Publisher next = publisher();
        next.recover();
        Tables after =
                new Tables(
                        catalogue,
                        next,
                        LocalFileSystem.INSTANCE,
                        directory.resolve("warehouse").toString());
        assertThat(after.lines("other")).containsExactly("fine");
        assertThatThrownBy(() -> after.lines("t"))
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT_FILE));
        next.close();
        bytes[bytes.length - 1] ^= 1;
        Files.write(journal, bytes);
        Publisher mended = publisher();
        mended.recover();
        assertThat(tables.lines("t")).containsExactly("one");
        mended.close();
    }

    @Test
    void aVersionWhoseFilesAreGoneIsRefused() {
        AtomicLong nanos = new AtomicLong();
        Clock clock =
                new Clock() {
                    @Override
                    public Instant now() {
                        return Instant.EPOCH;
                    }

                    @Override
                    public long nanoTime() {
                        return nanos.get();
                    }
                };
        Publisher timed =
                Publisher.withoutThreads(
                        catalogue,
                        location -> LocalFileSystem.INSTANCE,
                        clock,
                        directory.resolve("journal"));
        Tables here =
                new Tables(
                        catalogue,
                        timed,
                        LocalFileSystem.INSTANCE,
                        directory.resolve("warehouse").toString());
        here.create("t");
        here.insert("q1", "t", "one\n");
        Table first = here.table("t");
        ReadMark mark = timed.mark();
        here.overwrite("q2", "t", "two\n");
        nanos.addAndGet(Publisher.PATIENCE.toNanos());
        timed.sweep();
        assertThat(here.lines(first)).containsExactly("one");
        mark.close();
        timed.sweep();
        assertThatThrownBy(() -> here.lines(first))
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
        assertThat(here.lines("t")).containsExactly("two");
        assertThat(here.tree(here.location("t"))).containsExactly("000000_0_q2.txt");
        timed.close();
    }
}
