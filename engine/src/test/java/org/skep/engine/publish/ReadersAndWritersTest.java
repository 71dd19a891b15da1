package org.skep.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.metastore.zookeeper.ZooKeeperCatalogue;
import org.skep.storage.WrittenFile;

/**
 * Four readers and two writers on one table. Every commit's lines are recorded by the version that
 * it made; every read must be what its version says. The property {@code skep.publish.seconds} (4)
 * says how long.
 */
class ReadersAndWritersTest {
    private static final int READERS = 4;
    private static final int WRITERS = 2;
    private static final int PARTITIONS = 6;

    @TempDir Path directory;

    private Catalogue catalogue;
    private Publisher publisher;
    private Tables tables;
    private long end;

    private final Map<Long, NavigableMap<String, List<String>>> states = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void everyReadIsOneCommittedState() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        int seconds = Integer.getInteger("skep.publish.seconds", 4);
        catalogue = ZooKeeperCatalogue.embedded(directory.resolve("catalogue"), Clock.SYSTEM);
        publisher =
                new Publisher(
                        catalogue,
                        location -> LocalFileSystem.INSTANCE,
                        Clock.SYSTEM,
                        directory.resolve("journal"));
        tables =
                new Tables(
                        catalogue,
                        publisher,
                        LocalFileSystem.INSTANCE,
                        directory.resolve("warehouse").toString());
        tables.createPartitioned("t");
        end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        ExecutorService threads = NamedThreads.pool("test", READERS + WRITERS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            Random random = new Random(seed + i);
            running.add(threads.submit(() -> readAll(random)));
        }
        List<Write> all = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(seed - i - 1);
            int writer = i;
            running.add(threads.submit(() -> writeAll(writer, random, all)));
        }
        for (Future<?> each : running) {
            each.get();
        }
        threads.shutdown();
        verify(all);
        NavigableMap<String, List<String>> last = read(tables.table("t"), 0, new Random(seed));
        publisher.close();
        assertThat(tables.tree(tables.location("t"))).noneMatch(path -> path.contains("_skep"));
        assertThat(tables.tree(directory.resolve("journal").toString())).isEmpty();
        assertThat(tables.lines("t")).hasSize(last.values().stream().mapToInt(List::size).sum());
        catalogue.close();
        System.out.printf(
                "%d reads, %d of them long or late, %d commits, %d refused, in %d s%n",
                reads.get(), late.get(), commits.get(), refused.get(), seconds);
        assertThat(reads.get()).isGreaterThan(20);
        assertThat(commits.get()).isGreaterThan(20);
    }

    /** What one statement did, by the version that it made. */
    private record Write(
            long version,
            String kind,
            NavigableMap<String, String> contents,
            List<String> dropped) {}

    // The recorded reads are compared with the states that follow from the writes in commit order.
    private void verify(List<Write> writes) {
        TreeMap<Long, Write> byVersion = new TreeMap<>();
        writes.forEach(write -> byVersion.put(write.version(), write));
        assertThat(byVersion).hasSize(writes.size());
        TreeMap<Long, NavigableMap<String, List<String>>> expected = new TreeMap<>();
        NavigableMap<String, List<String>> state = new TreeMap<>();
        expected.put(0L, state);
        for (Write write : byVersion.values()) {
            NavigableMap<String, List<String>> next = new TreeMap<>(state);
            write.dropped().forEach(next::remove);
            write.contents()
                    .forEach(
                            (partition, line) -> {
                                List<String> lines = new ArrayList<>();
                                if (write.kind().equals("into")) {
                                    lines.addAll(next.getOrDefault(partition, List.of()));
                                }
                                lines.add(line);
                                Collections.sort(lines);
                                next.put(partition, lines);
                            });
            expected.put(write.version(), next);
            state = next;
        }
        states.forEach(
                (version, found) ->
                        assertThat(found)
                                .as("version " + version)
                                .isEqualTo(expected.floorEntry(version).getValue()));
    }

    private Void readAll(Random random) {
        while (System.nanoTime() < end) {
            ReadMark mark = random.nextInt(3) == 0 ? publisher.mark() : null;
            Table table = tables.table("t");
            // Some read the definition long before the files, some keep the files open for long.
            int pause = random.nextInt(4) == 0 ? random.nextInt(40) : 0;
            NavigableMap<String, List<String>> found = read(table, pause, random);
            NavigableMap<String, List<String>> before = states.putIfAbsent(table.version(), found);
            if (before != null) {
                assertThat(found).as("version " + table.version()).isEqualTo(before);
            }
            if (mark != null) {
                mark.close();
            }
            reads.incrementAndGet();
        }
        return null;
    }

    private NavigableMap<String, List<String>> read(Table table, int pause, Random random) {
        List<Partition> partitions = catalogue.partitions(table);
        if (pause > 0 && random.nextBoolean()) {
            awaitCommits(pause);
        }
        NavigableMap<String, List<String>> found = new TreeMap<>();
        try (TableSnapshot snapshot = publisher.snapshot(table, partitions)) {
            if (pause > 0 && random.nextBoolean()) {
                awaitCommits(pause);
            }
            for (Partition partition : partitions) {
                List<String> lines = new ArrayList<>();
                snapshot.files(partition.values())
                        .forEach(file -> tables.read(file).lines().forEach(lines::add));
                Collections.sort(lines);
                found.put(partition.values().get(0), lines);
            }
        }
        return found;
    }

    // Until others committed so many times, or the test ends.
    private void awaitCommits(int count) {
        late.incrementAndGet();
        int until = commits.get() + count / 8 + 1;
        while (commits.get() < until && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private Void writeAll(int writer, Random random, List<Write> all) {
        for (int i = 0; System.nanoTime() < end; i++) {
            String query = "w%d-%d".formatted(writer, i);
            try {
                all.add(write(query, random));
                commits.incrementAndGet();
            } catch (SkepException e) {
                // The other writer dropped it first.
                assertThat(e.code()).isEqualTo(ErrorCode.PARTITION_NOT_FOUND);
                refused.incrementAndGet();
            }
        }
        return null;
    }

    private Write write(String query, Random random) {
        Table table = tables.table("t");
        int kind = random.nextInt(5);
        if (kind == 0) {
            List<List<String>> present = catalogue.partitionValues(table);
            if (!present.isEmpty()) {
                String victim = present.get(random.nextInt(present.size())).get(0);
                List<Table> after = tables.dropPartitions(query, "t", List.of(victim));
                return new Write(after.get(0).version(), "drop", new TreeMap<>(), List.of(victim));
            }
        }
        NavigableMap<String, String> contents = new TreeMap<>();
        for (int i = 0; i < PARTITIONS; i++) {
            if (random.nextBoolean()) {
                contents.put("p" + i, query);
            }
        }
        contents.putIfAbsent("p0", query);
        if (kind < 3) {
            NavigableMap<String, String> lines = new TreeMap<>();
            contents.forEach((partition, line) -> lines.put(partition, line + "\n"));
            return new Write(
                    tables.overwrite(query, "t", lines).get(0).version(),
                    "overwrite",
                    contents,
                    List.of());
        }
        try (Staging staging = publisher.begin(query, tables.location("t"))) {
            List<WrittenFile> files = new ArrayList<>();
            contents.forEach(
                    (partition, line) ->
                            files.add(tables.file(staging, List.of(partition), line + "\n")));
            List<Table> after =
                    publisher.publish(
                            new Publication(
                                    query, List.of(TableChange.of(table).add(files).build())));
            return new Write(after.get(0).version(), "into", contents, List.of());
        }
    }
}
