package org.skep.engine.powercut;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file on a disk whose power stays: which statements were begun and which were acknowledged, and
 * what was wrong. Safe for use by many threads: guarded by itself.
 */
final class Ledger implements AutoCloseable {
    private final FileChannel channel;
    private final Path cut;
    private final Map<String, Long> begun = new HashMap<>();
    private final Map<String, Long> acknowledged = new HashMap<>();

    /**
     * Reads what is there.
     *
     * @param cut a file that is made just before the power is cut
     */
    Ledger(Path path, Path cut) throws IOException {
        this.cut = cut;
        List<String> lines = Files.exists(path) ? Files.readAllLines(path) : List.of();
        for (String line : lines) {
            String[] words = line.split(" ", 3);
            if (words.length == 3 && !words[0].equals("wrong")) {
                Map<String, Long> numbers = words[0].equals("begin") ? begun : acknowledged;
                numbers.put(words[1], Long.parseLong(words[2]));
                begun.putIfAbsent(words[1], 0L);
                if (!words[0].equals("begin")) {
                    begun.merge(words[1], acknowledged.get(words[1]), Math::max);
                }
            }
        }
        channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND);
    }

    private void write(String line) {
        try {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void begin(Work work, long number) {
        begun.put(work.name(), number);
        write("begin %s %d".formatted(work.name(), number));
    }

    synchronized void acknowledge(Work work, long number) {
        acknowledged.put(work.name(), number);
        write("done %s %d".formatted(work.name(), number));
    }

    /** Goes on from what was found after a cut. */
    synchronized void found(Work work, long number) {
        acknowledged.put(work.name(), number);
        begun.put(work.name(), number);
        write("found %s %d".formatted(work.name(), number));
    }

    synchronized void wrong(String text) {
        write("wrong " + text.replace('\n', ' '));
    }

    /** The number of the last statement that was begun; 0 for none. */
    synchronized long begun(Work work) {
        return begun.getOrDefault(work.name(), 0L);
    }

    /** The number of the last statement that was acknowledged; 0 for none. */
    synchronized long acknowledged(Work work) {
        return acknowledged.getOrDefault(work.name(), 0L);
    }

    /** Whether the power is being cut: failures are to be expected. */
    boolean cut() {
        return Files.exists(cut);
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
