package org.skep.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.fault.FaultyFileSystem.Carelessness;
import org.skep.base.fault.FaultyFileSystem.PowerCut;
import org.skep.base.fault.FaultyFileSystem.Survival;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.Table;
import org.skep.metastore.zookeeper.ZooKeeperCatalogue;

/**
 * Cuts the power, or lets something fail, at every single change of files that a statement makes,
 * then opens the warehouse again: what was acknowledged must be there, what was not must be there
 * wholly or not at all, nothing may be left over.
 */
class PowerCutTest {
    private static final List<String> NAMES = List.of("t", "u");
    private static final List<Survival> SURVIVALS =
            List.of(Survival.NONE, Survival.ALL, Survival.SOME);

    @TempDir Path directory;

    private Catalogue catalogue;

    @BeforeEach
    void open() {
        catalogue = ZooKeeperCatalogue.embedded(directory, Clock.SYSTEM);
    }

    @AfterEach
    void close() {
        catalogue.close();
    }

    /** A statement that is interrupted. */
    private interface Statement {
        /** Makes the state before. */
        void prepare(World world);

        /** Runs the statement. */
        void run(World world);
    }

    /** A warehouse whose files can be lost. */
    private final class World {
        private final FaultyFileSystem files = new FaultyFileSystem("/warehouse", "/data");
        private Publisher publisher = publisher();
        private Tables tables = tables();

        private Publisher publisher() {
            return Publisher.withoutThreads(
                    catalogue, location -> files, Clock.SYSTEM, Path.of("/data/journal"));
        }

        private Tables tables() {
            return new Tables(catalogue, publisher, files, "/warehouse");
        }

        void reopen() {
            publisher = publisher();
            tables = tables();
            publisher.recover();
        }

        String state() {
            try {
                return readable();
            } catch (SkepException e) {
                return "not readable: " + e.getMessage();
            }
        }

        private String readable() {
            StringBuilder state = new StringBuilder();
            for (String name : NAMES) {
                Optional<Table> table = catalogue.table("default", name);
                if (table.isPresent()) {
                    state.append(name).append(catalogue.partitionNames(table.get()));
                    state.append(tables.lines(table.get())).append(' ');
                }
            }
            return state.toString();
        }

        List<String> leftovers() {
            List<String> left = new ArrayList<>(tables.tree("/data/journal"));
            for (String path : tables.tree("/warehouse")) {
                if (path.contains("_skep")) {
                    left.add(path);
                }
            }
            catalogue.journals().forEach(journal -> left.add(journal.id()));
            for (String name : NAMES) {
                catalogue
                        .table("default", name)
                        .ifPresent(t -> t.pendingJournals().forEach(j -> left.add(j.id())));
                if (catalogue.table("default", name).isEmpty()) {
                    left.addAll(tables.tree("/warehouse/" + name));
                }
            }
            return left;
        }
    }

    private World prepared(Statement statement) {
        for (String name : NAMES) {
            catalogue.table("default", name).ifPresent(catalogue::dropTable);
        }
        World world = new World();
        statement.prepare(world);
        world.publisher.close();
        world.reopen();
        return world;
    }

    /** What was found when the power was cut at each change in turn; empty is good. */
    private List<String> cutEverywhere(
            Statement statement, Consumer<FaultyFileSystem> plant, boolean untilFirst) {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        World whole = prepared(statement);
        String before = whole.state();
        long start = whole.files.operations();
        statement.run(whole);
        whole.publisher.close();
        long changes = whole.files.operations() - start;
        String after = whole.state();
        assertThat(after).isNotEqualTo(before);
        assertThat(whole.leftovers()).isEmpty();
        List<String> violations = new ArrayList<>();
        for (long change = 1; change <= changes + 1; change++) {
            Survival survival = SURVIVALS.get((int) (change % SURVIVALS.size()));
            for (int round = 0; round < 2; round++) {
                cut(statement, plant, change, survival, random, before, after, violations);
                if (untilFirst && !violations.isEmpty()) {
                    return violations;
                }
                survival = round == 0 && survival == Survival.NONE ? Survival.SOME : Survival.NONE;
            }
        }
        return violations;
    }

    private void cut(
            Statement statement,
            Consumer<FaultyFileSystem> plant,
            long change,
            Survival survival,
            Random random,
            String before,
            String after,
            List<String> violations) {
        World world = prepared(statement);
        plant.accept(world.files);
        world.files.cutPowerAt(change);
        boolean acknowledged = false;
        try {
            statement.run(world);
            acknowledged = true;
            world.publisher.close();
        } catch (PowerCut e) {
            // As planned.
        }
        world.files.cutPower();
        world.files.restart(survival, random);
        String where = "cut at change %d, %s: ".formatted(change, survival);
        world.reopen();
        String found = world.state();
        if (!found.equals(after) && (acknowledged || !found.equals(before))) {
            violations.add(where + (acknowledged ? "lost " : "mix ") + found);
        }
        // What the recovery made of it must last.
        world.files.cutPower();
        world.files.restart(Survival.NONE, random);
        world.reopen();
        if (!world.state().equals(found)) {
            violations.add(where + "changed to " + world.state());
        }
        if (!world.leftovers().isEmpty()) {
            violations.add(where + "left " + world.leftovers());
        }
    }

    private static final class Overwrite implements Statement {
        @Override
        public void prepare(World world) {
            world.tables.createPartitioned("t");
            world.tables.overwrite("q1", "t", partitions(1, 4, "old"));
        }

        @Override
        public void run(World world) {
            world.tables.overwrite("q2", "t", partitions(2, 5, "new"));
        }

        static SortedMap<String, String> partitions(int first, int last, String text) {
            SortedMap<String, String> contents = new TreeMap<>();
            for (int i = first; i <= last; i++) {
                contents.put("p" + i, text + i + "\n");
            }
            return contents;
        }
    }

    @Test
    void overwritingPartitionsIsAllOrNothing() {
        assertThat(cutEverywhere(new Overwrite(), files -> {}, false)).isEmpty();
    }

    @Test
    void aSkippedFileSyncIsNoticed() {
        assertThat(
                        cutEverywhere(
                                new Overwrite(),
                                files -> files.become(Carelessness.SKIPS_FILE_SYNC),
                                true))
                .isNotEmpty();
    }

    @Test
    void aSkippedDirectorySyncIsNoticed() {
        assertThat(
                        cutEverywhere(
                                new Overwrite(),
                                files -> files.become(Carelessness.SKIPS_DIRECTORY_SYNC),
                                true))
                .isNotEmpty();
    }

    @Test
    void aCommitBeforeTheJournalIsSyncedIsNoticed() {
        assertThat(
                        cutEverywhere(
                                new Overwrite(),
                                files -> files.delaySyncsBelow("/data/journal"),
                                true))
                .isNotEmpty();
    }

    @Test
    void insertsOfSeveralTablesComeTogether() {
        assertThat(
                        cutEverywhere(
                                new Statement() {
                                    @Override
                                    public void prepare(World world) {
                                        world.tables.create("t");
                                        world.tables.create("u");
                                        world.tables.insert("q1", "t", "old\n");
                                    }

                                    @Override
                                    public void run(World world) {
                                        insertIntoBoth(world);
                                    }
                                },
                                files -> {},
                                false))
                .isEmpty();
    }

    private static void insertIntoBoth(World world) {
        Tables tables = world.tables;
        try (Staging first = world.publisher.begin("q2", tables.location("t"));
                Staging second = world.publisher.begin("q2", tables.location("u"))) {
            world.publisher.publish(
                    new Publication(
                            "q2",
                            List.of(
                                    TableChange.of(tables.table("t"))
                                            .add(List.of(tables.file(first, List.of(), "new\n")))
                                            .build(),
                                    TableChange.of(tables.table("u"))
                                            .add(List.of(tables.file(second, List.of(), "new\n")))
                                            .build())));
        }
    }

    @Test
    void aCreatedTableHasItsFiles() {
        assertThat(
                        cutEverywhere(
                                new Statement() {
                                    @Override
                                    public void prepare(World world) {
                                        world.tables.create("u");
                                    }

                                    @Override
                                    public void run(World world) {
                                        Tables tables = world.tables;
                                        String place = tables.location("t");
                                        try (Staging staging = world.publisher.begin("q", place)) {
                                            world.publisher.publish(
                                                    new Publication(
                                                            "q",
                                                            List.of(created(tables, staging))));
                                        }
                                    }
                                },
                                files -> {},
                                false))
                .isEmpty();
    }

    private static TableChange created(Tables tables, Staging staging) {
        return TableChange.of(Tables.definition("t", tables.location("t"), false))
                .add(List.of(tables.file(staging, List.of(), "new\n")))
                .build();
    }

    @Test
    void aDroppedTableIsThereOrGone() {
        assertThat(
                        cutEverywhere(
                                new Statement() {
                                    @Override
                                    public void prepare(World world) {
                                        new Overwrite().prepare(world);
                                    }

                                    @Override
                                    public void run(World world) {
                                        world.publisher.drop(
                                                "q2",
                                                List.of(world.tables.table("t")),
                                                Optional.empty());
                                    }
                                },
                                files -> {},
                                false))
                .isEmpty();
    }

    @Test
    void droppedPartitionsAreThereOrGone() {
        assertThat(
                        cutEverywhere(
                                new Statement() {
                                    @Override
                                    public void prepare(World world) {
                                        new Overwrite().prepare(world);
                                    }

                                    @Override
                                    public void run(World world) {
                                        world.tables.dropPartitions("q2", "t", List.of("p1", "p3"));
                                    }
                                },
                                files -> {},
                                false))
                .isEmpty();
    }

    @Test
    void aRenamedTableHasOneNameAndAllItsFiles() {
        assertThat(
                        cutEverywhere(
                                new Statement() {
                                    @Override
                                    public void prepare(World world) {
                                        new Overwrite().prepare(world);
                                    }

                                    @Override
                                    public void run(World world) {
                                        rename(world);
                                    }
                                },
                                files -> {},
                                false))
                .isEmpty();
    }

    private static void rename(World world) {
        Table table = world.tables.table("t");
        Table renamed =
                table.toBuilder()
                        .name("default", "u")
                        .storage(table.storage().withLocation("/warehouse/u"))
                        .build();
        world.publisher.publish(
                new Publication(
                        "q2", List.of(TableChange.of(table).target(renamed).moveFiles().build())));
    }

    @Test
    void aFailureAtAnyChangeLeavesTheOldStateOrTheNew() {
        Statement statement = new Overwrite();
        World whole = prepared(statement);
        String before = whole.state();
        long start = whole.files.operations();
        statement.run(whole);
        long changes = whole.files.operations() - start;
        String after = whole.state();
        Random random = new Random(1);
        for (long change = 1; change <= changes; change++) {
            World world = prepared(statement);
            ErrorCode code = change % 2 == 0 ? ErrorCode.IO_ERROR : ErrorCode.DISK_FULL;
            world.files.failAt(change, code);
            check(world, statement, before, after, code, "failure at change " + change, random);
        }
    }

    @Test
    void aDiskThatFillsUpAnywhereLeavesTheOldStateOrTheNew() {
        Statement statement = new Overwrite();
        World whole = prepared(statement);
        String before = whole.state();
        statement.run(whole);
        String after = whole.state();
        for (long bytes = 0; bytes < 2_000; bytes = bytes * 3 / 2 + 5) {
            World world = prepared(statement);
            world.files.limitBytes(bytes);
            check(
                    world,
                    statement,
                    before,
                    after,
                    ErrorCode.DISK_FULL,
                    "full after " + bytes,
                    new Random(1));
        }
    }

    private static void check(
            World world,
            Statement statement,
            String before,
            String after,
            ErrorCode code,
            String where,
            Random random) {
        String expected;
        try {
            statement.run(world);
            expected = after;
        } catch (SkepException e) {
            assertThat(e.code()).as(where).isEqualTo(code);
            expected = before;
        }
        assertThat(world.state()).as(where).isEqualTo(expected);
        world.files.mend();
        assertThat(world.state()).as(where).isEqualTo(expected);
        world.files.cutPower();
        world.files.restart(Survival.NONE, random);
        world.reopen();
        assertThat(world.state()).as(where + ", opened again").isEqualTo(expected);
        assertThat(world.leftovers()).as(where).isEmpty();
        // The next statement works.
        statement.run(world);
        assertThat(world.state()).as(where + ", tried again").isEqualTo(after);
    }
}
