package org.skep.lsm.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.LocalFileSystem;
import org.skep.lsm.schema.Durability;

/**
 * Logs that end too early or hold wrong bytes. The system property {@code skep.lsm.wal.flips} says
 * how many bits are flipped, {@code skep.lsm.wal.torn} how many bytes at the end are cut off.
 */
final class WalDamageTest {
    @TempDir private Path directory;

    private final List<String> texts = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>(); // of each record
    private byte[] bytes;
    private Path file;

    private TestLog open() {
        return open(ChecksumRule.EQUAL);
    }

    private TestLog open(ChecksumRule rule) {
        return new TestLog(
                LocalFileSystem.INSTANCE,
                directory.resolve("wal").toString(),
                TestLog.OPTIONS,
                rule);
    }

    @BeforeEach
    void writeALog() throws IOException {
        TestLog log = open();
        Random random = new Random(1);
        file = directory.resolve("wal").resolve(WalFormat.fileName(log.wal.epoch(), 1));
        for (int i = 0; i < 150; i++) {
            String text = i + "x".repeat(random.nextInt(300));
            texts.add(text);
            log.write(text);
            ends.add((int) Files.size(file));
        }
        bytes = Files.readAllBytes(file);
        assertThat(bytes.length).isGreaterThan(17 << 10);
        // Not closed: the process ended.
    }

    private byte[] withVersion(int version) {
        ByteBuffer changed = ByteBuffer.wrap(bytes.clone()).putInt(8, version);
        CRC32C crc = new CRC32C();
        crc.update(changed.array(), 0, WalFormat.HEADER - Integer.BYTES);
        return changed.putInt(WalFormat.HEADER - Integer.BYTES, (int) crc.getValue()).array();
    }

    @Test
    void readsTheFirstVersionAndRefusesLaterOnes() throws IOException {
        // The records are such as version 1 had.
        assertThat(openWith(withVersion(1))).isEqualTo(texts);
        assertThatThrownBy(() -> openWith(withVersion(WalFormat.VERSION + 1)))
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.FORMAT_TOO_NEW);
                            assertThat(e).hasMessageContaining(file.getFileName().toString());
                        });
    }

    private List<String> openWith(byte[] content) throws IOException {
        return openWith(content, ChecksumRule.EQUAL);
    }

    private List<String> openWith(byte[] content, ChecksumRule rule) throws IOException {
        try (var all = Files.newDirectoryStream(directory.resolve("wal"))) {
            for (Path each : all) {
                Files.delete(each);
            }
        }
        Files.write(file, content);
        return open(rule).replayed();
    }

    private List<String> textsIn(int length) {
        int count = 0;
        while (count < ends.size() && ends.get(count) <= length) {
            count++;
        }
        return texts.subList(0, count);
    }

    @Test
    void endsWithTheLastWholeRecordWhereverItIsTorn() throws IOException {
        int most = Integer.getInteger("skep.lsm.wal.torn", 16 << 10);
        int step =
                Integer.getInteger(
                        "skep.lsm.wal.torn.step", Boolean.getBoolean("skep.witnesses") ? 1 : 5);
        for (int cut = 0; cut <= Math.min(most, bytes.length); cut += cut < 300 ? 1 : step) {
            int length = bytes.length - cut;
            assertThat(openWith(Arrays.copyOf(bytes, length)))
                    .as("cut " + cut)
                    .isEqualTo(textsIn(length));
        }
    }

    @Test
    void endsBeforeZerosAndGarbage() throws IOException {
        Random random = new Random(2);
        for (int i = 0; i < 120; i++) {
            int length = bytes.length - random.nextInt(600);
            byte[] content =
                    Arrays.copyOf(Arrays.copyOf(bytes, length), length + random.nextInt(5000));
            if (i % 2 == 0) {
                byte[] garbage = new byte[content.length - length];
                random.nextBytes(garbage);
                System.arraycopy(garbage, 0, content, length, garbage.length);
            }
            assertThat(openWith(content)).isEqualTo(textsIn(length));
        }
    }

    // Flips bits, one at a time; what was told otherwise than it has to be.
    private List<String> unnoticedFlips(int flips, ChecksumRule rule) throws IOException {
        Random random = new Random(3);
        int lastBegin = ends.get(ends.size() - 2);
        List<String> unnoticed = new ArrayList<>();
        for (int i = 0; i < flips; i++) {
            int at = random.nextInt(bytes.length);
            byte[] content = bytes.clone();
            content[at] ^= (byte) (1 << random.nextInt(8));
            String expected;
            if (at >= lastBegin) {
                // Like a record that was being written: nothing says that it was whole.
                expected = texts.subList(0, texts.size() - 1).toString();
            } else {
                int begin = WalFormat.HEADER;
                for (int end : ends) {
                    begin = end <= at ? end : begin;
                }
                expected =
                        at < WalFormat.HEADER
                                ? "Write-ahead log file has a damaged header at offset 0: " + file
                                : "Damaged record in write-ahead log file %s at offset %d"
                                        .formatted(file, begin);
            }
            String told;
            try {
                told = openWith(content, rule).toString();
            } catch (SkepException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT_FILE);
                told = e.getMessage();
            }
            if (!told.equals(expected)) {
                unnoticed.add("byte " + at);
            }
        }
        return unnoticed;
    }

    @Test
    void noticesEveryFlippedBitOfWhatWasKnownToBeOnTheDisk() throws IOException {
        int flips = Integer.getInteger("skep.lsm.wal.flips", 500);
        assertThat(unnoticedFlips(flips, ChecksumRule.EQUAL)).isEmpty();
    }

    @Test
    void wouldNoticeThatChecksumsAreNotVerified() throws IOException {
        assertThat(unnoticedFlips(100, (expected, found) -> true)).hasSizeGreaterThan(50);
    }

    @Test
    void goesOnWithoutTheRestOfTheFileIfToldTo() throws IOException {
        byte[] content = bytes.clone();
        content[ends.get(9) + 30] ^= 1;
        Files.write(file, content);
        assertThatThrownBy(this::open).hasMessageContaining("Damaged record");
        TestLog log =
                new TestLog(
                        LocalFileSystem.INSTANCE,
                        directory.resolve("wal").toString(),
                        TestLog.OPTIONS.withDamage(WalOptions.OnDamage.DROP_REST_OF_FILE));
        assertThat(log.replayed()).isEqualTo(texts.subList(0, 10));
    }

    @Test
    void refusesAFileThatEndsTooEarlyWhenThereIsANewerOne() throws IOException {
        TestLog second = open();
        second.write("more");
        // The last record was in doubt, so it is in the newer file too.
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(open().replayed()).hasSize(texts.size() + 1).endsWith("more");
        Files.write(file, Arrays.copyOf(bytes, ends.get(ends.size() - 2) - 1));
        assertThatThrownBy(this::open)
                .hasMessageContaining("ends too early")
                .hasMessageContaining(file.toString());
    }

    @Test
    void keepsATornEndForGoodOnceThereIsANewerFile() throws IOException {
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        open().write("more");
        List<String> expected = new ArrayList<>(texts.subList(0, texts.size() - 1));
        expected.add("more");
        assertThat(open().replayed()).isEqualTo(expected);
    }

    @Test
    void refusesALogWithAGap() throws IOException {
        TestLog second = open();
        second.write("more");
        second.close();
        Path middle = directory.resolve("wal").resolve(WalFormat.fileName(second.wal.epoch(), 1));
        open().write("most");
        Files.delete(middle);
        assertThatThrownBy(this::open)
                .hasMessageContaining("that the next one does not name")
                .hasMessageContaining(file.toString());
    }

    @Test
    void doesNotReplayRecordsOfAnotherEpoch() throws IOException {
        // A zombie writes on at the end of its file, behind what the next process has recovered.
        TestLog zombie = open();
        zombie.write("one");
        Path itsFile = directory.resolve("wal").resolve(WalFormat.fileName(zombie.wal.epoch(), 1));
        TestLog next = open();
        next.write("two");
        zombie.write("lost", Durability.SYNC_WAL);
        assertThat(Files.size(itsFile)).isGreaterThan(WalFormat.HEADER);
        List<String> replayed = open().replayed();
        assertThat(replayed).contains("one", "two").doesNotContain("lost");
        // The same records in a file of another epoch are no records.
        byte[] header = Files.readAllBytes(itsFile);
        byte[] mixed = Arrays.copyOf(header, header.length + bytes.length - WalFormat.HEADER);
        System.arraycopy(
                bytes, WalFormat.HEADER, mixed, header.length, bytes.length - WalFormat.HEADER);
        try (var all = Files.newDirectoryStream(directory.resolve("wal"))) {
            for (Path each : all) {
                if (!each.equals(itsFile) && !each.equals(file)) {
                    Files.delete(each);
                }
            }
        }
        Files.write(itsFile, mixed);
        assertThat(open().replayed()).endsWith("one", "lost").hasSize(texts.size() + 2);
    }
}
