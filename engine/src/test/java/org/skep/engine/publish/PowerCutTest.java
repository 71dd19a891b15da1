package org.skep.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.fault.FaultyFileSystem.Carelessness;
import org.skep.base.fault.FaultyFileSystem.PowerCut;
import org.skep.base.fault.FaultyFileSystem.Survival;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.zookeeper.ZooKeeperCatalogue;

/**
 * Cuts the power at every single change of files that a statement makes, then opens the warehouse
 * again: what was acknowledged must be there, what was not must be there wholly or not at all,
 * nothing may be left over.
 */
class PowerCutTest {
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

    /** What was found when the power was cut at each change in turn; empty is good. */
    private List<String> cutEverywhere(
            WriteStatement statement, Consumer<FaultyFileSystem> plant, boolean untilFirst) {
        long seed = Long.getLong("skep.power.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        World whole = World.before(statement, catalogue);
        String before = whole.state();
        long start = whole.files().operations();
        statement.run(whole);
        whole.close();
        long changes = whole.files().operations() - start;
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
            WriteStatement statement,
            Consumer<FaultyFileSystem> plant,
            long change,
            Survival survival,
            Random random,
            String before,
            String after,
            List<String> violations) {
        World world = World.before(statement, catalogue);
        plant.accept(world.files());
        world.files().cutPowerAt(change);
        boolean acknowledged = false;
        try {
            statement.run(world);
            acknowledged = true;
            world.close();
        } catch (PowerCut e) {
            // As planned.
        }
        world.files().cutPower();
        world.files().restart(survival, random);
        String where = "cut at change %d, %s: ".formatted(change, survival);
        world.reopen();
        String found = world.state();
        if (!found.equals(after) && (acknowledged || !found.equals(before))) {
            violations.add(where + (acknowledged ? "lost " : "mix ") + found);
        }
        // What the recovery made of it must last.
        world.files().cutPower();
        world.files().restart(Survival.NONE, random);
        world.reopen();
        if (!world.state().equals(found)) {
            violations.add(where + "changed to " + world.state());
        }
        if (!world.leftovers().isEmpty()) {
            violations.add(where + "left " + world.leftovers());
        }
    }

    private List<String> cutEverywhere(WriteStatement statement) {
        return cutEverywhere(statement, files -> {}, false);
    }

    private List<String> cutUntilNoticed(Consumer<FaultyFileSystem> plant) {
        return cutEverywhere(WriteStatement.OVERWRITE, plant, true);
    }

    @Test
    void overwritingPartitionsIsAllOrNothing() {
        assertThat(cutEverywhere(WriteStatement.OVERWRITE)).isEmpty();
    }

    @Test
    void aSkippedFileSyncIsNoticed() {
        assertThat(cutUntilNoticed(files -> files.become(Carelessness.SKIPS_FILE_SYNC)))
                .isNotEmpty();
    }

    @Test
    void aSkippedDirectorySyncIsNoticed() {
        assertThat(cutUntilNoticed(files -> files.become(Carelessness.SKIPS_DIRECTORY_SYNC)))
                .isNotEmpty();
    }

    @Test
    void aCommitBeforeTheJournalIsSyncedIsNoticed() {
        assertThat(cutUntilNoticed(files -> files.delaySyncsBelow("/data/journal"))).isNotEmpty();
    }

    @Test
    void insertsOfSeveralTablesComeTogether() {
        assertThat(cutEverywhere(WriteStatement.INSERT_INTO_TWO)).isEmpty();
    }

    @Test
    void aCreatedTableHasItsFiles() {
        assertThat(cutEverywhere(WriteStatement.CREATE)).isEmpty();
    }

    @Test
    void aDroppedTableIsThereOrGone() {
        assertThat(cutEverywhere(WriteStatement.DROP_TABLE)).isEmpty();
    }

    @Test
    void droppedPartitionsAreThereOrGone() {
        assertThat(cutEverywhere(WriteStatement.DROP_PARTITIONS)).isEmpty();
    }

    @Test
    void exchangedPartitionsAreInOneTableOrTheOther() {
        assertThat(cutEverywhere(WriteStatement.EXCHANGE_PARTITIONS)).isEmpty();
    }

    @Test
    void aRenamedTableHasOneNameAndAllItsFiles() {
        assertThat(cutEverywhere(WriteStatement.RENAME)).isEmpty();
    }

    @Test
    void aChangedDefinitionKeepsTheFiles() {
        assertThat(cutEverywhere(WriteStatement.ADD_COLUMN)).isEmpty();
    }

    @Test
    void aDroppedDatabaseIsThereOrGone() {
        assertThat(cutEverywhere(WriteStatement.DROP_DATABASE)).isEmpty();
    }
}
