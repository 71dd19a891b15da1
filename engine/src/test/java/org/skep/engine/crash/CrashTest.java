package org.skep.engine.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.concurrent.NamedThreads;

/**
 * Ends a process that overwrites 50 partitions, at each crash point and at random instants. Whoever
 * opens the warehouse afterwards finds the old state or the new one, without a hand.
 *
 * <p>The properties {@code skep.crash.rounds} (1) and {@code skep.crash.kills} (8) say how often.
 */
class CrashTest {
    private static final List<String> POINTS =
            List.of(
                    "publish.begin",
                    "publish.before-sync",
                    "publish.journal-written",
                    "publish.journal-synced",
                    "catalogue.after-write-ahead",
                    "catalogue.before-commit",
                    "catalogue.after-commit",
                    "publish.after-commit",
                    "publish.directories-made",
                    "publish.before-move",
                    "publish.after-moves",
                    "publish.before-retire",
                    "publish.after-retire",
                    "publish.after-sync",
                    "publish.before-clear",
                    "publish.after-clear",
                    "publish.trash-deleted",
                    "publish.journal-deleted");
    private static final int HALTED = 137;
    private static final int LANES = 2;

    @TempDir Path directory;

    private Path warehouse() {
        Path path = directory.resolve("data");
        new Generations(path).close();
        return path;
    }

    /** A process and what it printed. */
    private static final class Child {
        private final Process process;
        private final BufferedReader output;
        private int acknowledged;

        Child(Path path, int statements, String crashPoint) throws IOException {
            ProcessBuilder builder =
                    new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            OverwritingProcess.class.getName(),
                            path.toString(),
                            Integer.toString(statements));
            builder.redirectErrorStream(true);
            builder.environment().put("SKEP_CRASH_AT", crashPoint);
            process = builder.start();
            output =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8));
        }

        void awaitReady() throws IOException {
            StringBuilder before = new StringBuilder();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.equals("ready")) {
                    return;
                }
                before.append(line).append('\n');
            }
            throw new AssertionError("The process ended: " + before);
        }

        void awaitStatements(int count) throws IOException {
            for (int i = 0; i < count; i++) {
                acknowledged = Integer.parseInt(output.readLine());
            }
        }

        int end() throws IOException, InterruptedException {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.matches("[0-9]+")) {
                    acknowledged = Integer.parseInt(line);
                }
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }
    }

    // The generation that was found.
    private static int check(Path path, int acknowledged, String where) {
        try (Generations generations = new Generations(path)) {
            int found = generations.generation();
            assertThat(generations.read()).as(where).isEqualTo(Generations.whole(found));
            assertThat(found).as(where).isBetween(acknowledged, acknowledged + 1);
            assertThat(generations.leftovers()).as(where).isEmpty();
            return found;
        }
    }

    private static int generation(Path path) {
        try (Generations generations = new Generations(path)) {
            return generations.generation();
        }
    }

    @Test
    void atEachCrashPointTheStateIsOldOrNew() throws Exception {
        int rounds = Integer.getInteger("skep.crash.rounds", 1);
        ExecutorService threads = NamedThreads.pool("lane", LANES);
        List<Future<?>> lanes = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            Path path = directory.resolve("lane" + lane);
            int first = lane;
            lanes.add(threads.submit(() -> crash(path, first, rounds)));
        }
        threads.shutdown();
        for (Future<?> lane : lanes) {
            lane.get();
        }
    }

    private static Void crash(Path path, int first, int rounds) throws Exception {
        new Generations(path).close();
        int before = generation(path);
        for (int round = 1; round <= rounds; round++) {
            for (int i = first; i < POINTS.size(); i += LANES) {
                String point = POINTS.get(i);
                // Points at single files are reached 50 times a statement.
                boolean often = point.endsWith("-move") || point.endsWith("before-retire");
                int occurrence = often ? 20 * round : round;
                String where = point + ":" + occurrence;
                Child child = new Child(path, round + 1, where);
                assertThat(child.end()).as(where).isEqualTo(HALTED);
                before = check(path, Math.max(before, child.acknowledged), where);
            }
        }
        return null;
    }

    @Test
    void recoveryCanBeInterruptedToo() throws Exception {
        Path path = warehouse();
        int before = generation(path);
        List<String> first = List.of("publish.journal-synced:1", "publish.after-commit:1");
        List<List<String>> second =
                List.of(
                        List.of("recover.discarded:1"),
                        List.of("publish.before-move:20", "publish.before-retire:20"));
        for (int i = 0; i < first.size(); i++) {
            Child child = new Child(path, 1, first.get(i));
            assertThat(child.end()).isEqualTo(HALTED);
            for (String point : second.get(i)) {
                Child recovering = new Child(path, 1, point);
                assertThat(recovering.end()).as(point).isEqualTo(HALTED);
                assertThat(recovering.acknowledged).isZero();
            }
            assertThat(check(path, before, first.get(i))).isEqualTo(before + i);
        }
    }

    @Test
    void atAnyInstantTheStateIsOldOrNew() throws Exception {
        int kills = Integer.getInteger("skep.crash.kills", 8);
        long seed = Long.getLong("skep.crash.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path path = warehouse();
        int before = generation(path);
        int inside = 0;
        List<String> log = new ArrayList<>();
        for (int kill = 1; kill <= kills; kill++) {
            Child child = new Child(path, Integer.MAX_VALUE, "");
            child.awaitReady();
            child.awaitStatements(random.nextInt(3));
            int delay = 1 + random.nextInt(500);
            assertThat(child.process.waitFor(delay, TimeUnit.MILLISECONDS)).isFalse();
            // By its handle, since the process itself would close its output, too.
            assertThat(child.process.toHandle().destroyForcibly()).isTrue();
            child.end();
            boolean interrupted = Generations.interrupted(path);
            inside += interrupted ? 1 : 0;
            int after = check(path, Math.max(before, child.acknowledged), "kill " + kill);
            log.add((interrupted ? "+" : "-") + (after - before));
            before = after;
        }
        System.out.printf(
                "%d of %d kills while a statement published; statements each: %s%n",
                inside, kills, log);
        assertThat(inside * 10).isGreaterThanOrEqualTo(kills * 6);
    }
}
