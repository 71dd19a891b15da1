package org.skep.lsm.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.fault.FaultyFileSystem.Survival;
import org.skep.lsm.compact.CompactionOptions;
import org.skep.lsm.operation.Put;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.wal.WalOptions;

/**
 * Lets calls to the disk fail: each one of a script in turn, once or for ever, and for want of
 * space. The system property {@code skep.lsm.fault.step} says how many calls lie between two
 * faults.
 */
final class FaultTest {
    private static final int OPERATIONS = 120;
    private static final int ROWS = 8;

    private final RegionOptions options =
            RegionOptions.DEFAULT
                    .withoutBackground()
                    .withWal(
                            WalOptions.DEFAULT
                                    .withSyncInterval(Duration.ZERO)
                                    .withRollBytes(2 << 10))
                    .withCompaction(CompactionOptions.DEFAULT.withMinBytes(1 << 10));

    /** What a row may hold: the value promised last, or one that failed since. */
    private final class Script {
        final FaultyFileSystem files = new FaultyFileSystem(TestStore.ROOT);
        final Random random;
        final TreeMap<String, Set<String>> possible = new TreeMap<>();
        TestStore store;
        int failures;
        int number;

        Script(long seed) {
            random = new Random(seed);
        }

        void open() {
            store =
                    new TestStore(
                            files,
                            TestStore.ROOT,
                            options,
                            ColumnFamily.named("f"),
                            ColumnFamily.named("g"));
        }

        void run(int count) {
            for (int i = 0; i < count; i++) {
                int kind = random.nextInt(10);
                try {
                    if (kind < 8) {
                        write();
                    } else if (kind == 8) {
                        store.region.flush();
                    } else {
                        store.region.compact();
                    }
                } catch (SkepException e) {
                    failures++;
                    if (store.services.wal().isDead()) {
                        reopen();
                    }
                }
                if (i % 10 == 9) {
                    check();
                }
            }
        }

        void reopen() {
            // As a process would end that can write no more.
            files.mend();
            store.abandon();
            open();
        }

        void write() {
            String row = "row" + random.nextInt(ROWS);
            String value = "v" + ++number;
            Set<String> values = possible.computeIfAbsent(row, any -> new HashSet<>(Set.of("")));
            values.add(value);
            store.region.put(
                    new Put(TestStore.bytes(row))
                            .add(TestStore.F, TestStore.Q, number, TestStore.bytes(value))
                            .add(TestStore.G, TestStore.Q, number, TestStore.bytes(value)));
            values.clear();
            values.add(value);
        }

        void check() {
            possible.forEach(
                    (row, values) -> {
                        String found = store.get(row);
                        Set<String> texts = new HashSet<>();
                        for (String value : values) {
                            texts.add(
                                    value.isEmpty()
                                            ? ""
                                            : "%s/f:q=%s %s/g:q=%s"
                                                    .formatted(row, value, row, value));
                        }
                        assertThat(texts).contains(found);
                    });
        }

        void cutAndCheck() {
            files.mend();
            files.cutPower();
            files.restart(Survival.NONE, new Random(1));
            open();
            check();
            store.close();
        }
    }

    private static long step(long ordinary) {
        return Long.getLong(
                "skep.lsm.fault.step", Boolean.getBoolean("skep.witnesses") ? 1 : ordinary);
    }

    private static long calls() {
        FaultTest test = new FaultTest();
        Script script = test.new Script(1);
        script.open();
        script.run(OPERATIONS);
        return script.files.operations();
    }

    @Test
    void losesNothingWhenACallFailsOnce() {
        long step = step(3);
        long calls = calls();
        int points = 0;
        int failed = 0;
        for (ErrorCode code : List.of(ErrorCode.IO_ERROR, ErrorCode.DISK_FULL)) {
            for (long at = 20; at <= calls; at += step) {
                Script script = new Script(1);
                script.open();
                script.files.failAt(at - script.files.operations(), code);
                script.run(OPERATIONS);
                failed += script.failures;
                script.cutAndCheck();
                points++;
            }
        }
        System.out.println(points + " calls failed once");
        assertThat(failed).isPositive();
    }

    @Test
    void losesNothingWhenAllCallsFailUntilTheProcessEnds() {
        long step = step(29);
        long calls = calls();
        int points = 0;
        for (long at = 20; at <= calls; at += step) {
            Script script = new Script(1);
            script.open();
            for (long call = at; call < at + 500; call++) {
                script.files.failAt(call - script.files.operations(), ErrorCode.IO_ERROR);
            }
            script.run(OPERATIONS);
            assertThat(script.failures).isPositive();
            script.cutAndCheck();
            points++;
        }
        System.out.println(points + " times all calls failed from one on");
    }

    @Test
    void losesNothingWhenCallsGoOnFailing() {
        for (long seed = 1; seed <= 60; seed++) {
            Script script = new Script(seed);
            script.open();
            Random random = new Random(seed);
            for (int i = 0; i < 40; i++) {
                script.files.failAt(
                        1 + random.nextInt(600),
                        random.nextBoolean() ? ErrorCode.IO_ERROR : ErrorCode.DISK_FULL);
            }
            script.run(OPERATIONS);
            script.cutAndCheck();
        }
    }

    @Test
    void readsGoOnWithoutSpaceAndWritesResume() {
        for (int limit = 0; limit < 6000; limit += 97) {
            Script script = new Script(1);
            script.open();
            script.run(30);
            script.files.limitBytes(limit);
            List<String> before = script.store.scan();
            script.run(30);
            script.check();
            assertThat(before).isNotEmpty();
            script.files.mend();
            int failures = script.failures;
            script.run(30);
            assertThat(script.failures).isEqualTo(failures);
            script.cutAndCheck();
        }
    }

    @Test
    void namesTheFailureOfADeadLog() {
        Script script = new Script(1);
        script.open();
        script.write();
        script.files.failAt(2, ErrorCode.IO_ERROR);
        script.files.failAt(3, ErrorCode.IO_ERROR);
        assertThatThrownBy(script::write).hasMessageContaining("open the store again");
        assertThatThrownBy(script::write).hasMessageContaining("open the store again");
        script.check();
        script.reopen();
        script.write();
        script.cutAndCheck();
    }

    @Test
    void leavesNoFilesBehindWhenFlushesFail() {
        Script script = new Script(1);
        script.open();
        List<String> failed = new ArrayList<>();
        for (int call = 1; call < 16; call++) {
            script.write();
            script.files.failAt(call, ErrorCode.DISK_FULL);
            try {
                script.store.region.flush();
            } catch (SkepException e) {
                failed.add(e.getMessage());
            }
            script.files.mend();
            script.check();
        }
        assertThat(failed).hasSizeGreaterThan(5);
        script.store.region.flush();
        script.store.region.majorCompact();
        script.store.close();
        script.open();
        Set<String> named = new HashSet<>();
        script.store.region.manifest().files().forEach(file -> named.add(file.path()));
        for (String family : List.of("f", "g")) {
            script.files
                    .list(script.store.region.directory() + "/" + family)
                    .forEach(file -> assertThat(file.path()).endsWith(pathOf(named, file.path())));
        }
        script.store.close();
    }

    private static String pathOf(Set<String> named, String path) {
        return named.stream().filter(path::endsWith).findFirst().orElse("a file that is named");
    }
}
