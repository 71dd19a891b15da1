package org.skep.engine.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.error.SkepException;
import org.skep.base.fault.VolatileFileSystem.Carelessness;
import org.skep.engine.publish.UnfinishedJournals;

/**
 * Ends a process that overwrites 50 partitions, at each crash point and at random instants. Whoever
 * opens the warehouse afterwards finds the old state or the new one, without a hand. What the
 * process did not sync is lost with it, as in a power cut, so that the same runs notice when it
 * forgets a sync.
 *
 * <p>The properties {@code skep.crash.rounds} (1) and {@code skep.crash.kills} (8) say how often.
 */
class CrashTest {
    private static final int LANES = 2;
    // About as many as a statement has.
    private static final int STEPS = 20;
    private static final int MANY_KILLS = 20;

    @TempDir Path directory;

    /** Runs of which each adds what it finds wrong. */
    private static final class Findings {
        private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
        private final boolean untilFirst;

        // With a planted fault one finding is enough, and the warehouse is broken after it.
        Findings(Carelessness carelessness) {
            untilFirst = carelessness != Carelessness.NONE;
        }

        boolean enough() {
            return untilFirst && !violations.isEmpty();
        }
    }

    private static void inLanes(Callable<?>... lanes) throws Exception {
        ExecutorService threads = NamedThreads.pool("lane", lanes.length);
        List<Future<?>> running = new ArrayList<>();
        for (Callable<?> lane : lanes) {
            running.add(threads.submit(lane));
        }
        threads.shutdown();
        for (Future<?> lane : running) {
            lane.get();
        }
    }

    /**
     * Opens the warehouse on the disk and says what is wrong with it.
     *
     * @param before the least statement that must be there
     * @return the statement that is there
     */
    private static int check(Path path, int before, String where, Findings findings) {
        try (Generations generations = new Generations(path, Disk.plain())) {
            List<String> read = generations.read();
            Optional<Integer> found =
                    read.size() == 2 ? Optional.of(generations.generation()) : Optional.empty();
            if (found.isEmpty() || !read.equals(Generations.whole(found.get()))) {
                findings.violations.add(where + ": mix " + read);
            } else if (found.get() < before || found.get() > before + 1) {
                findings.violations.add(where + ": expected " + before + " or next, found " + read);
            }
            if (!generations.leftovers().isEmpty()) {
                findings.violations.add(where + ": left " + generations.leftovers());
            }
            return found.orElse(before);
        } catch (SkepException e) {
            findings.violations.add(where + ": not readable: " + e.getMessage());
            return before;
        }
    }

    private Path fresh(String name) {
        Path path = directory.resolve(name);
        new Generations(path, Disk.plain()).close();
        return path;
    }

    private List<String> atEachPoint(Carelessness carelessness, int rounds) throws Exception {
        Findings findings = new Findings(carelessness);
        inLanes(
                () -> atEachPoint(fresh("even"), 0, rounds, carelessness, findings),
                () -> atEachPoint(fresh("odd"), 1, rounds, carelessness, findings));
        return List.copyOf(findings.violations);
    }

    private static Void atEachPoint(
            Path path, int first, int rounds, Carelessness carelessness, Findings findings)
            throws Exception {
        int before = 1;
        for (int round = 1; round <= rounds; round++) {
            for (int i = first; i < CrashPoints.ALL.size() && !findings.enough(); i += LANES) {
                String point = CrashPoints.ALL.get(i);
                String where = point + ":" + (CrashPoints.often(point) ? 20 * round : round);
                Child child = new Child(path, round + 1, carelessness.name(), where);
                assertThat(child.end())
                        .as("%s %s", where, child.complaints())
                        .isEqualTo(OverwritingProcess.HALTED);
                before = check(path, Math.max(before, child.acknowledged()), where, findings);
            }
        }
        return null;
    }

    @Test
    void atEachCrashPointTheStateIsOldOrNew() throws Exception {
        int rounds = Integer.getInteger("skep.crash.rounds", 1);
        assertThat(atEachPoint(Carelessness.NONE, rounds)).isEmpty();
    }

    @Test
    void aForgottenSyncOfFilesIsNoticed() throws Exception {
        assertThat(noticed(atEachPoint(Carelessness.SKIPS_FILE_SYNC, 1))).isNotEmpty();
    }

    @Test
    void aForgottenSyncOfDirectoriesIsNoticed() throws Exception {
        assertThat(noticed(atEachPoint(Carelessness.SKIPS_DIRECTORY_SYNC, 1))).isNotEmpty();
    }

    @Test
    void aCommitBeforeTheSyncOfTheJournalIsNoticed() throws Exception {
        assertThat(noticed(atEachPoint(Carelessness.SYNCS_LATE, 1))).isNotEmpty();
    }

    private static List<String> noticed(List<String> violations) {
        System.out.println("noticed " + violations);
        return violations;
    }

    @Test
    void recoveryCanBeInterruptedToo() throws Exception {
        Path path = fresh("recovery");
        List<String> first = List.of("publish.journal-synced:1", "publish.after-commit:1");
        List<List<String>> second =
                List.of(
                        List.of("recover.discarded:1"),
                        List.of("publish.before-move:20", "publish.before-retire:20"));
        Findings findings = new Findings(Carelessness.NONE);
        String disk = Carelessness.NONE.name();
        for (int i = 0; i < first.size(); i++) {
            Child child = new Child(path, 1, disk, first.get(i));
            assertThat(child.end()).isEqualTo(OverwritingProcess.HALTED);
            for (String point : second.get(i)) {
                Child recovering = new Child(path, 1, disk, point);
                assertThat(recovering.end()).as(point).isEqualTo(OverwritingProcess.HALTED);
                assertThat(recovering.acknowledged()).isZero();
            }
            assertThat(check(path, 1, first.get(i), findings)).isEqualTo(1 + i);
        }
        assertThat(findings.violations).isEmpty();
    }

    /** What was killed at random instants. */
    private static final class Kills {
        private final AtomicInteger kills = new AtomicInteger();
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger unfinished = new AtomicInteger();
        private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
    }

    private List<String> atAnyInstant(Carelessness carelessness, int most, Kills kills)
            throws Exception {
        long seed = Long.getLong("skep.crash.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Findings findings = new Findings(carelessness);
        inLanes(
                () -> kill(fresh("left"), carelessness, most, seed, kills, findings),
                () -> kill(fresh("right"), carelessness, most, seed + 1, kills, findings));
        return List.copyOf(findings.violations);
    }

    private static Void kill(
            Path path, Carelessness carelessness, int most, long seed, Kills kills, Findings found)
            throws Exception {
        Random random = new Random(seed);
        int before = 1;
        for (int kill = kills.kills.incrementAndGet();
                kill <= most && !found.enough();
                kill = kills.kills.incrementAndGet()) {
            // Without a fault every other process leaves to the disk what the system has in memory.
            boolean plain = carelessness == Carelessness.NONE && kill % 2 == 0;
            Child child =
                    new Child(path, Integer.MAX_VALUE, plain ? "disk" : carelessness.name(), "");
            child.awaitReady();
            child.awaitStatements(random.nextInt(3));
            // Most hits come soon after a step, however slow the machine is; the rest anywhere.
            if (kill % 4 == 3) {
                child.kill(1 + random.nextInt(300));
            } else {
                child.awaitSteps(random.nextInt(STEPS));
                child.kill(1 + random.nextInt(10));
            }
            boolean unfinished = UnfinishedJournals.in(path.resolve("journal"));
            kills.inside.addAndGet(child.interrupted() ? 1 : 0);
            kills.unfinished.addAndGet(unfinished ? 1 : 0);
            int after = check(path, Math.max(before, child.acknowledged()), "kill " + kill, found);
            kills.log.add(
                    "%s%s +%d"
                            .formatted(
                                    child.last(), unfinished ? " (journal)" : "", after - before));
            before = after;
        }
        return null;
    }

    @Test
    void atAnyInstantTheStateIsOldOrNew() throws Exception {
        int most = Integer.getInteger("skep.crash.kills", 8);
        Kills kills = new Kills();
        assertThat(atAnyInstant(Carelessness.NONE, most, kills)).isEmpty();
        System.out.printf(
                "%d of %d kills while a statement published, %d of them with a journal on the disk"
                        + " whose files were not in place; last point and statements each: %s%n",
                kills.inside.get(), most, kills.unfinished.get(), kills.log);
        assertThat(kills.inside.get() * 10).isGreaterThanOrEqualTo(most * 6);
    }

    @Test
    void killsAtRandomInstantsNoticeForgottenSyncs() throws Exception {
        int most = Integer.getInteger("skep.crash.kills", 8);
        Assumptions.assumeTrue(most >= MANY_KILLS, "few kills may miss what they look for");
        for (Carelessness carelessness : Carelessness.values()) {
            if (carelessness != Carelessness.NONE) {
                Kills kills = new Kills();
                CrashTest other = new CrashTest();
                other.directory = directory.resolve(carelessness.name());
                assertThat(noticed(other.atAnyInstant(carelessness, most, kills)))
                        .as(carelessness.name())
                        .isNotEmpty();
                System.out.println(carelessness + " noticed at " + kills.log);
            }
        }
    }
}
