package org.skep.lsm.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Result;

/**
 * Kills a process that writes, again and again, and looks whether all that it was promised is
 * there. The system property {@code skep.lsm.kills} says how often.
 */
final class KillTest {
    private static final int WRITERS = 8;

    @TempDir private Path directory;

    @Test
    void losesNothingWhenItIsKilled() throws Exception {
        int kills =
                Integer.getInteger("skep.lsm.kills", Boolean.getBoolean("skep.witnesses") ? 30 : 3);
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path store = Files.createDirectory(directory.resolve("store"));
        Path notes = directory.resolve("notes");
        KillWriter.channel(notes, WRITERS).close();
        long promised = 0;
        for (int i = 0; i < kills; i++) {
            runAndKill(store, notes, seed + i, 300 + random.nextInt(2400));
            promised = check(store, notes);
        }
        System.out.println(kills + " kills, " + promised + " writes promised");
        assertThat(promised).isGreaterThan(WRITERS);
    }

    private static void runAndKill(Path store, Path notes, long seed, long millis)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillWriter.class.getName(),
                        store.toString(),
                        notes.toString(),
                        Integer.toString(WRITERS),
                        Long.toString(seed)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).isEqualTo("writing");
            boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
            assertThat(ended).as("the process ended by itself").isFalse();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    // Every key holds the number last promised, or a later one that was tried.
    private static long check(Path store, Path notes) throws IOException {
        long total = 0;
        TestStore opened = KillWriter.open(store.toString());
        try (FileChannel channel = KillWriter.channel(notes, WRITERS)) {
            for (int thread = 0; thread < WRITERS; thread++) {
                for (int key = 0; key < KillWriter.KEYS; key++) {
                    ByteBuffer entry = ByteBuffer.allocate(KillWriter.ENTRY);
                    channel.read(entry, ((long) thread * KillWriter.KEYS + key) * KillWriter.ENTRY);
                    long tried = entry.getLong(0);
                    long promised = entry.getLong(8);
                    total += promised;
                    checkRow(opened, thread, key, promised, tried);
                }
            }
        }
        opened.closeAndCheckLeaks();
        return total;
    }

    private static void checkRow(TestStore store, int thread, int key, long promised, long tried) {
        Result found = store.region.get(new Get(KillWriter.row(thread, key)));
        List<Long> numbers = new ArrayList<>();
        for (Cell cell : found.cells()) {
            String value = new String(cell.value(), StandardCharsets.UTF_8);
            numbers.add(Long.parseLong(value.substring(0, value.indexOf('-'))));
        }
        if (promised == 0 && numbers.isEmpty()) {
            return;
        }
        assertThat(numbers).as("both families of %d, %d", thread, key).hasSize(2);
        assertThat(numbers.get(0))
                .as("key %d of writer %d", key, thread)
                .isEqualTo(numbers.get(1))
                .isBetween(promised, tried);
    }
}
