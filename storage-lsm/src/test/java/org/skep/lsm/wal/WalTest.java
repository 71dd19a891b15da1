package org.skep.lsm.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.fault.FaultyFileSystem.PowerCut;
import org.skep.base.fault.FaultyFileSystem.Survival;
import org.skep.base.io.FileStatus;
import org.skep.base.io.InputFile;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.io.OutputFile;
import org.skep.lsm.schema.Durability;

final class WalTest {
    @TempDir private Path directory;

    private final FaultyFileSystem files = new FaultyFileSystem("/store");

    private List<String> afterCut() {
        files.cutPower();
        files.restart(Survival.NONE, new Random(1));
        return new TestLog(files).replayed();
    }

    @Test
    void keepsWhatIsSynced() {
        TestLog log = new TestLog(files);
        log.write("a");
        log.write("b", Durability.SYNC_WAL);
        log.write("c", Durability.ASYNC_WAL);
        log.write("d", Durability.SKIP_WAL);
        log.write("e");
        log.write("f", Durability.SYNC_WAL);
        assertThat(afterCut()).containsExactly("a", "b", "c", "e");
    }

    // An old one would keep all later ones in memory until the collector looks at old objects.
    @Test
    void writeThatIsOverLeadsToNoOther() {
        TestLog log = new TestLog(files);
        Write first = log.written("a", Durability.SYNC_WAL);
        log.write("b");
        log.write("c", Durability.SYNC_WAL);
        assertThat(first.isVisible()).isTrue();
        assertThat(first.next).isNull();
    }

    @Test
    void bringsAllToTheDiskWhenItIsClosed() {
        TestLog log = new TestLog(files);
        log.write("a", Durability.ASYNC_WAL);
        log.close();
        assertThatThrownBy(() -> log.write("b")).hasMessageContaining("closed");
        assertThat(afterCut()).containsExactly("a");
    }

    @Test
    void keepsWhatIsToBeWrittenOnceMore() {
        TestLog first = new TestLog(files);
        first.write("a");
        first.write("b", Durability.SYNC_WAL);
        new TestLog(files).write("c", Durability.SYNC_WAL);
        // All is flushed before this process writes anything.
        TestLog third = new TestLog(files);
        third.wal.flushed(third.region, Long.MAX_VALUE - 1);
        third.write("d");
        assertThat(third.wal.status().files()).isLessThan(4);
        third.wal.flushed(third.region, Long.MAX_VALUE - 1);
        assertThat(third.wal.status().files()).isEqualTo(1);
        assertThat(afterCut()).contains("d");
    }

    @Test
    void writesOnceMoreWhatAnEndedProcessDidNot() {
        int length = WalFormat.HEADER;
        for (boolean more = true; more; length++) {
            FaultyFileSystem disk = new FaultyFileSystem("/store");
            TestLog first = new TestLog(disk);
            first.write("a");
            first.write("b", Durability.SYNC_WAL);
            first.write("c", Durability.SYNC_WAL);
            // The second process writes these once more, and a record of its own; it never syncs
            // and ends behind any byte.
            new TestLog(disk).write("d", Durability.SYNC_WAL);
            more = truncate(disk, length);
            new TestLog(disk).write("e");
            disk.cutPower();
            disk.restart(Survival.NONE, new Random(1));
            assertThat(new TestLog(disk).replayed())
                    .as("length " + length)
                    .contains("a", "b", "c", "e");
        }
    }

    // Shortens the newest file, whose header is on the disk; false if it has no more bytes.
    private static boolean truncate(FaultyFileSystem disk, int length) {
        String path =
                disk.list(TestLog.DIRECTORY).stream()
                        .map(FileStatus::path)
                        .max(String::compareTo)
                        .orElseThrow();
        byte[] bytes;
        try (InputFile file = disk.open(path)) {
            bytes = new byte[(int) file.length()];
            file.readFully(0, bytes, 0, bytes.length);
        }
        disk.delete(path);
        try (OutputFile file = disk.create(path)) {
            file.write(bytes, 0, WalFormat.HEADER);
            file.sync();
            file.write(bytes, WalFormat.HEADER, length - WalFormat.HEADER);
        }
        disk.syncDirectory(TestLog.DIRECTORY);
        return length < bytes.length;
    }

    @Test
    void syncsInTheBackground() throws Exception {
        TestLog log = new TestLog(files, TestLog.OPTIONS.withSyncInterval(Duration.ofMillis(5)));
        log.write("a", Durability.ASYNC_WAL);
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (log.wal.status().syncs() == 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(log.wal.status().syncs()).isPositive();
        files.cutPower();
        files.restart(Survival.NONE, new Random(1));
        assertThat(new TestLog(files).replayed()).containsExactly("a");
    }

    @Test
    void sharesSyncsAmongWriters() throws Exception {
        TestLog log =
                new TestLog(
                        LocalFileSystem.INSTANCE,
                        directory.resolve("wal").toString(),
                        TestLog.OPTIONS.withRollBytes(20_000));
        int threads = 16;
        int each = 100;
        List<Long> sequences = Collections.synchronizedList(new ArrayList<>());
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            int id = t;
            new Thread(
                            () -> {
                                try {
                                    for (int i = 0; i < each; i++) {
                                        long sequence = log.write(id + "-" + i);
                                        sequences.add(sequence);
                                        if (log.wal.mvcc().readPoint() < sequence) {
                                            throw new AssertionError("Not visible: " + sequence);
                                        }
                                    }
                                } catch (Throwable e) {
                                    failure.set(e);
                                } finally {
                                    done.countDown();
                                }
                            })
                    .start();
        }
        done.await();
        assertThat(failure.get()).isNull();
        assertThat(sequences).doesNotHaveDuplicates();
        WalStatus status = log.wal.status();
        assertThat(status.records()).isEqualTo((long) threads * each);
        assertThat(status.files()).isGreaterThan(2);
        assertThat(status.groups()).isLessThan((long) threads * each);
        List<String> replayed =
                new TestLog(
                                LocalFileSystem.INSTANCE,
                                directory.resolve("wal").toString(),
                                TestLog.OPTIONS)
                        .replayed();
        assertThat(replayed).hasSize(threads * each).doesNotHaveDuplicates();
        for (int t = 0; t < threads; t++) {
            int id = t;
            List<String> own = replayed.stream().filter(s -> s.startsWith(id + "-")).toList();
            assertThat(own.get(each - 1)).isEqualTo(id + "-" + (each - 1));
        }
    }

    @Test
    void goesOnInANewFileAfterAFailedSync() {
        // The file's system reports success for the next sync, though the bytes are lost.
        for (int call = 1; call <= 12; call++) {
            FaultyFileSystem disk = new FaultyFileSystem("/store");
            TestLog log = new TestLog(disk);
            log.write("a");
            disk.failAt(call, ErrorCode.IO_ERROR);
            List<String> promised = new ArrayList<>(List.of("a"));
            List<String> failed = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String text = "w" + i;
                Durability durability = i % 3 == 0 ? Durability.SYNC_WAL : Durability.FSYNC_WAL;
                try {
                    log.write(text, durability);
                    promised.add(text);
                } catch (SkepException e) {
                    failed.add(text);
                }
            }
            assertThat(log.rolledBack).isEqualTo(failed);
            log.wal.sync();
            disk.cutPower();
            disk.restart(Survival.NONE, new Random(1));
            assertThat(new TestLog(disk).replayed())
                    .as("call " + call)
                    .containsSubsequence(promised);
            // Only a refused write or a failed header costs the one write.
            assertThat(failed).hasSizeLessThan(2);
        }
    }

    @Test
    void isDeadIfANewFileCannotBeHadAfterAFailedSync() {
        TestLog log = new TestLog(files);
        log.write("a");
        // The write succeeds, its sync fails, and so does making a new file.
        files.failAt(2, ErrorCode.IO_ERROR);
        files.failAt(3, ErrorCode.IO_ERROR);
        assertThatThrownBy(() -> log.write("b"))
                .isInstanceOf(SkepException.class)
                .hasMessageContaining("open the store again");
        assertThat(log.wal.isDead()).isTrue();
        assertThatThrownBy(() -> log.write("c")).hasMessageContaining("open the store again");
        long readPoint = log.wal.mvcc().readPoint();
        assertThat(readPoint).isPositive();
        assertThat(afterCut()).startsWith("a").doesNotContain("c");
    }

    @Test
    void resumesWhenThereIsRoomAgain() {
        TestLog log = new TestLog(files);
        log.write("a");
        log.write("kept", Durability.ASYNC_WAL);
        files.limitBytes(30);
        for (String text : List.of("b", "c")) {
            assertThatThrownBy(() -> log.write(text))
                    .isInstanceOf(SkepException.class)
                    .extracting(e -> ((SkepException) e).code())
                    .isEqualTo(ErrorCode.DISK_FULL);
        }
        log.write("kept too", Durability.ASYNC_WAL);
        assertThat(log.rolledBack).containsExactly("b", "c");
        files.mend();
        log.write("d");
        assertThat(afterCut()).containsExactly("a", "kept", "kept too", "d");
    }

    @Test
    void resumesAlsoWhenAcknowledgedWritesFillItsMemory() {
        TestLog log = new TestLog(files);
        log.write("a");
        files.limitBytes(30);
        List<String> kept = new ArrayList<>(List.of("a"));
        String large = "x".repeat(3 << 20);
        SkepException refused = null;
        while (refused == null && kept.size() < 20) {
            String text = kept.size() + large;
            try {
                log.write(text, Durability.ASYNC_WAL);
                kept.add(text);
            } catch (SkepException e) {
                refused = e;
            }
        }
        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(ErrorCode.DISK_FULL);
        assertThatThrownBy(log.wal::sync).isInstanceOf(SkepException.class);
        log.wal.markOpened(log.region);
        files.mend();
        log.write("b", Durability.ASYNC_WAL);
        log.write("c");
        kept.addAll(List.of("b", "c"));
        assertThat(afterCut().equals(kept)).isTrue();
    }

    @Test
    void deletesFilesThatNobodyNeeds() {
        TestLog log = new TestLog(files, TestLog.OPTIONS.withRollBytes(200).withKeptBytes(500));
        long last = 0;
        for (int i = 0; i < 40; i++) {
            last = log.write("text " + i);
        }
        int before = log.wal.status().files();
        assertThat(before).isGreaterThan(5);
        assertThat(log.wal.regionsHoldingBack()).containsExactly("region");
        log.wal.flushed(log.region, last - 1);
        assertThat(log.wal.status().files()).isLessThan(4);
        log.wal.flushed(log.region, last);
        assertThat(log.wal.regionsHoldingBack()).isEmpty();
        assertThat(files.list(TestLog.DIRECTORY)).hasSize(log.wal.status().files());
        log.write("more");
        assertThat(afterCut()).contains("more");
    }

    @Test
    void sequenceIdsNeverRunBackwards() {
        TestLog log = new TestLog(files);
        long future = log.wal.sequences().last() + (5_000_000L << 16);
        log.wal.sequences().observe(future);
        long sequence = log.write("a");
        assertThat(sequence).isGreaterThan(future);
        files.cutPower();
        files.restart(Survival.NONE, new Random(1));
        assertThat(new TestLog(files).write("b")).isGreaterThan(sequence);
    }

    @Test
    void survivesACutAtEveryCall() {
        for (Survival survival : Survival.values()) {
            for (long at = 1; at < 400; at += 3) {
                FaultyFileSystem disk = new FaultyFileSystem("/store");
                disk.cutPowerAt(at);
                List<String> written = new ArrayList<>();
                int promised = 0;
                try {
                    TestLog log = new TestLog(disk, TestLog.OPTIONS.withRollBytes(300));
                    for (int i = 0; i < 100; i++) {
                        written.add("text " + i);
                        log.write(
                                "text " + i,
                                i % 4 == 0 ? Durability.SYNC_WAL : Durability.FSYNC_WAL);
                        promised = i % 4 == 0 ? promised : written.size();
                    }
                } catch (PowerCut e) {
                    assertThat(disk.dark()).isTrue();
                }
                disk.cutPower();
                disk.restart(survival, new Random(at));
                List<String> replayed = new TestLog(disk).replayed();
                assertThat(replayed).isEqualTo(written.subList(0, replayed.size()));
                assertThat(replayed).hasSizeGreaterThanOrEqualTo(promised);
            }
        }
    }
}
