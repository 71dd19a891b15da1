package org.skep.lsm.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.fault.FaultyFileSystem.Carelessness;
import org.skep.base.fault.FaultyFileSystem.PowerCut;
import org.skep.base.fault.FaultyFileSystem.Survival;
import org.skep.lsm.read.CompactionKind;

/**
 * Cuts the power before the I/O calls of a script, one after the other. The system property {@code
 * skep.lsm.crash.step} says how many calls lie between two cuts (1 for all of them), {@code
 * skep.lsm.crash.scripts} how many scripts there are.
 */
final class CrashTest {
    private static final int OPERATIONS = 400;

    private static long operations(long seed) {
        FaultyFileSystem files = new FaultyFileSystem(TestStore.ROOT);
        CrashScript script = new CrashScript(files, seed);
        script.open();
        script.run(OPERATIONS);
        return files.operations();
    }

    private static String crash(
            long seed, long at, Survival survival, Carelessness... carelessness) {
        return crash(seed, at, survival, MarkerRule.ONLY_WITH_ALL_FILES, carelessness);
    }

    private static String crash(
            long seed,
            long at,
            Survival survival,
            MarkerRule markers,
            Carelessness... carelessness) {
        FaultyFileSystem files = new FaultyFileSystem(TestStore.ROOT);
        for (Carelessness kind : carelessness) {
            files.become(kind);
        }
        CrashScript script = new CrashScript(files, seed, markers);
        files.cutPowerAt(at);
        try {
            script.open();
            script.run(OPERATIONS);
        } catch (PowerCut e) {
            assertThat(files.dark()).isTrue();
        }
        files.cutPower();
        files.restart(survival, new Random(seed + at));
        String wrong = script.check();
        return wrong == null
                ? null
                : "seed %d, call %d, %s: %s".formatted(seed, at, survival, wrong);
    }

    @Test
    void losesNothingThatWasPromised() {
        long step =
                Long.getLong("skep.lsm.crash.step", Boolean.getBoolean("skep.witnesses") ? 1 : 17);
        int scripts = Integer.getInteger("skep.lsm.crash.scripts", 1);
        List<String> wrong = new ArrayList<>();
        long points = 0;
        for (long seed = 1; seed <= scripts; seed++) {
            long calls = operations(seed);
            long first = 0;
            for (Survival survival : Survival.values()) {
                first++;
                for (long at = first; at <= calls; at += step) {
                    String problem = crash(seed, at, survival);
                    points++;
                    if (problem != null) {
                        wrong.add(problem);
                    }
                }
            }
        }
        System.out.println(points + " crash points");
        assertThat(wrong.stream().limit(10)).isEmpty();
    }

    @Test
    void noticesMissingSyncs() {
        for (Carelessness kind : Carelessness.values()) {
            long calls = operations(1);
            boolean noticed = false;
            for (long at = 1; at <= calls && !noticed; at += 29) {
                noticed = crash(1, at, Survival.NONE, kind) != null;
            }
            assertThat(noticed).as(kind.name()).isTrue();
        }
    }

    @Test
    void noticesMarkersThatAMinorCompactionDrops() {
        MarkerRule planted = all -> CompactionKind.DROP_DELETES;
        List<Long> noticed = new ArrayList<>();
        for (long seed = 1; seed <= 10; seed++) {
            long calls = operations(seed);
            for (long at = calls / 2; at <= calls; at += calls / 8) {
                if (crash(seed, at, Survival.ALL, planted) != null) {
                    noticed.add(seed);
                    break;
                }
            }
        }
        System.out.println("dropped markers noticed with seeds " + noticed);
        assertThat(noticed).hasSizeGreaterThan(2);
    }
}
