package org.skep.lsmtests.oracle;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.hbase.util.EnvironmentEdgeManager;
import org.skep.lsm.compact.CompactionOptions;
import org.skep.lsm.region.Manifest;
import org.skep.lsm.region.RegionFile;
import org.skep.lsm.region.RegionOptions;
import org.skep.lsmtests.HBaseRegion;

/** Runs steps on new regions of both stores until they differ. Confined to one thread. */
final class OracleRun implements AutoCloseable {
    private static final Pattern TIMESTAMP = Pattern.compile("@(\\d+)[=/]");

    /**
     * The first difference.
     *
     * @param step its place
     * @param what was asked
     */
    record Difference(int step, String what, String ours, String hbase) {
        @Override
        public String toString() {
            return "step %d, %s%n  ours:  %s%n  HBase: %s".formatted(step, what, ours, hbase);
        }
    }

    private final Variant variant;
    private final Path directory;
    private final TestClock clock = new TestClock();
    private final SkepSide ours;
    private final HBaseRegion region;
    private final HBaseSide hbase;
    private Side.Reading ourReading;
    private Side.Reading hbaseReading;
    // What the scan has still to answer.
    private List<String> rest = List.of();

    private OracleRun(Variant variant, Path parent) throws IOException {
        this.variant = variant;
        directory = Files.createTempDirectory(parent, "region");
        EnvironmentEdgeManager.injectEdge(clock);
        CompactionOptions compaction =
                CompactionOptions.DEFAULT.withFiles(2, 3, 16).withMajor(Duration.ZERO, 0);
        ours =
                new SkepSide(
                        variant.ours(),
                        clock,
                        RegionOptions.DEFAULT.withoutBackground().withCompaction(compaction));
        region = HBaseRegion.create(directory, variant.hbase());
        hbase = new HBaseSide(region.region());
    }

    /** Runs steps; the first difference, if there is one. */
    static Optional<Difference> run(Variant variant, List<Step> steps, Path parent)
            throws IOException {
        try (OracleRun run = new OracleRun(variant, parent)) {
            for (int i = 0; i < steps.size(); i++) {
                Optional<Difference> difference = run.step(i, steps.get(i));
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return run.read(steps.size(), Integer.MAX_VALUE);
        }
    }

    /** Leaves out steps as long as there is still a difference. */
    static List<Step> shrink(Variant variant, List<Step> failing, Path parent) throws IOException {
        List<Step> steps = failing;
        for (int chunk = Math.max(1, steps.size() / 2); chunk >= 1; chunk /= 2) {
            for (int at = 0; at < steps.size(); ) {
                List<Step> fewer = new ArrayList<>(steps.subList(0, at));
                fewer.addAll(steps.subList(Math.min(steps.size(), at + chunk), steps.size()));
                Optional<Difference> difference = run(variant, fewer, parent);
                if (difference.isPresent()) {
                    steps = fewer.subList(0, Math.min(fewer.size(), difference.get().step() + 1));
                } else {
                    at += chunk;
                }
            }
        }
        return steps;
    }

    private Optional<Difference> step(int index, Step step) throws IOException {
        if (step instanceof Step.Ask ask) {
            return ask(index, ask.question());
        }
        if (step instanceof Step.Begin begin) {
            endReading();
            return begin(begin.question());
        }
        if (step instanceof Step.Go go) {
            return read(index, go.rows());
        }
        if (step instanceof Step.Tick tick) {
            // What expires under a scan HBase loses at the next flush.
            Optional<Difference> difference = read(index, Integer.MAX_VALUE);
            if (difference.isPresent()) {
                return difference;
            }
            endReading();
            clock.tick(tick.millis());
        } else if (step instanceof Step.Compact) {
            compact();
        } else {
            Optional<Difference> difference =
                    compare(index, step.toString(), ours.apply(step), hbase.apply(step));
            if (difference.isPresent()) {
                return difference;
            }
        }
        Optional<Difference> difference = ask(index, Question.RAW);
        return difference.isPresent() ? difference : ask(index, Question.ALL);
    }

    private Optional<Difference> ask(int index, Question question) throws IOException {
        List<String> answer = ours.ask(question);
        List<String> expected;
        try {
            expected = hbase.ask(question);
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            return unanswered(question, e);
        }
        return compare(
                index, question.toString(), shown(question, answer), shown(question, expected));
    }

    /**
     * Begins a scan of ours. It has to answer what HBase answers now: HBase's own loses what is
     * dropped by flushes and compactions while it is open. But it is open, too, so that these drop
     * no more than ours.
     */
    private Optional<Difference> begin(Question question) throws IOException {
        try {
            rest = hbase.ask(question);
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            return unanswered(question, e);
        }
        ourReading = ours.begin(question);
        hbaseReading = hbase.begin(question);
        return Optional.empty();
    }

    private Optional<Difference> read(int index, int rows) throws IOException {
        if (ourReading == null) {
            return Optional.empty();
        }
        List<String> answer = ourReading.read(rows);
        List<String> expected = rest.subList(0, Math.min(rows, rest.size()));
        rest = rest.subList(expected.size(), rest.size());
        return compare(index, "going on", answer.toString(), expected.toString());
    }

    /**
     * HBase's prefix filter looks behind the end of rows that are shorter than the prefix, and its
     * filters that were not asked about the row give no verdict on its cells.
     */
    private static Optional<Difference> unanswered(Question question, RuntimeException failure) {
        if (question.filter() == null) {
            throw failure;
        }
        return Optional.empty();
    }

    private static Optional<Difference> compare(int index, String what, String ours, String hbase) {
        return ours.equals(hbase)
                ? Optional.empty()
                : Optional.of(new Difference(index, what, ours, hbase));
    }

    /** Without what is expired: when that goes from files is for each store to decide. */
    private String shown(Question question, List<String> results) {
        if (!question.raw() || variant.ttlSeconds() == 0 || variant.minVersions() > 0) {
            return results.toString();
        }
        long oldest = clock.currentTime() - 1000L * variant.ttlSeconds();
        List<String> cells = new ArrayList<>();
        for (String result : results) {
            for (String cell : result.split(" ", -1)) {
                Matcher matcher = TIMESTAMP.matcher(cell);
                if (!matcher.find() || Long.parseLong(matcher.group(1)) >= oldest) {
                    cells.add(cell);
                }
            }
        }
        return cells.toString();
    }

    /** Joins files of ours, and then the same of HBase's. */
    private void compact() throws IOException {
        Manifest before = ours.manifest();
        ours.apply(new Step.Compact());
        Manifest after = ours.manifest();
        for (String family : StepGenerator.FAMILIES) {
            List<RegionFile> files = files(before, family);
            int left = files.size();
            // Of what was dropped unread there may be several runs; the last first.
            for (int to = files.size(); to > 0; to--) {
                if (after.files().contains(files.get(to - 1))) {
                    continue;
                }
                int from = to - 1;
                while (from > 0 && !after.files().contains(files.get(from - 1))) {
                    from--;
                }
                Map<String, ChosenFiles.Range> range = new LinkedHashMap<>();
                range.put(family, new ChosenFiles.Range(from, to, left));
                hbase.join(range);
                left -= to - from - (hasSequence(after, files.get(to - 1)) ? 1 : 0);
                to = from + 1;
            }
        }
    }

    // Whether a file was written in the place of others, of which this is the last.
    private static boolean hasSequence(Manifest manifest, RegionFile last) {
        return files(manifest, last.family()).stream()
                .anyMatch(file -> file.sequence() == last.sequence());
    }

    private static List<RegionFile> files(Manifest manifest, String family) {
        return manifest.files().stream()
                .filter(file -> file.family().equals(family))
                .sorted(Comparator.comparingLong(RegionFile::sequence))
                .toList();
    }

    private void endReading() throws IOException {
        if (ourReading != null) {
            ourReading.close();
            hbaseReading.close();
            ourReading = null;
        }
    }

    @Override
    public void close() throws IOException {
        endReading();
        ours.close();
        region.close();
        EnvironmentEdgeManager.reset();
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, IOException failure)
                            throws IOException {
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
