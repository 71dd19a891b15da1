package org.skep.lsm.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skep.lsm.filter.MultipleColumnPrefixFilter;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.operation.Mutation;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.operation.TimeRange;
import org.skep.lsm.read.WriteOrderModel.Kind;
import org.skep.lsm.read.WriteOrderModel.Part;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.KeepDeletedCells;

class WriteOrderTest {
    private static final byte[] ROW = SmallRegion.b("r");
    private static final byte[] F = SmallRegion.b("f");
    private static final byte[] Q = SmallRegion.b("q");
    private static final List<String> QUALIFIERS = List.of("", "a", "b");
    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final boolean EACH = Boolean.getBoolean("skep.witnesses");
    private static final ColumnFamily ORDERED = ColumnFamily.named("f").withNewVersionBehavior();

    private static Put put(long... timestamps) {
        Put put = new Put(ROW);
        for (long at : timestamps) {
            put.add(F, Q, at, SmallRegion.b("v" + at));
        }
        return put;
    }

    private static Delete version(long at) {
        return new Delete(ROW).addColumn(F, Q, at);
    }

    private static String all(SmallRegion region) {
        return region.values("r", "f:q");
    }

    @Test
    void countsEachVersionOfAWrite() {
        SmallRegion region = new SmallRegion(ORDERED.withMaxVersions(2));
        region.write(put(1, 2, 3));
        region.write(version(3));
        assertThat(all(region)).isEqualTo("f:q@2=v2");
        region.major();
        assertThat(all(region)).isEqualTo("f:q@2=v2");
    }

    @Test
    void countsAVersionThatIsWrittenAgainOnce() {
        SmallRegion region = new SmallRegion(ORDERED.withMaxVersions(2));
        region.write(put(2));
        region.write(put(2));
        region.write(put(2));
        region.write(put(1));
        region.write(put(5));
        region.write(version(5));
        assertThat(all(region)).isEqualTo("f:q@2=v2");
        region = new SmallRegion(ORDERED.withMaxVersions(2));
        region.write(put(5), put(1));
        region.write(version(5));
        region.write(put(5));
        region.write(version(5));
        region.write(put(2));
        assertThat(all(region)).isEqualTo("f:q@2=v2 f:q@1=v1");
    }

    @Test
    void carriesOutTheDeletesOfAWriteAfterItsPuts() {
        SmallRegion region = new SmallRegion(ORDERED.withMaxVersions(2));
        region.write(version(3), put(1, 2, 3));
        assertThat(all(region)).isEqualTo("f:q@2=v2");
    }

    @Test
    void passesByNoMarkerOfTheFamilyForAFilter() {
        SmallRegion region = new SmallRegion(ORDERED);
        region.write(put(1));
        region.write(new Delete(ROW).addFamily(F, 5));
        region.write(new Put(ROW).add(F, new byte[0], 9, SmallRegion.b("nameless")));
        Scan scan = new Scan().filter(new MultipleColumnPrefixFilter(List.of(Q)));
        assertThat(region.text(scan)).isEmpty();
        region.write(put(2));
        assertThat(region.text(scan)).isEqualTo("f:q@2=v2");
    }

    @Test
    void bringsBackWhatOutlivesItsSuccessor() {
        SmallRegion region = new SmallRegion(ORDERED);
        region.write(put(region.now - 2));
        region.write(put(region.now - 1));
        region.write(put(region.now).ttl(5));
        region.major();
        assertThat(all(region)).isEqualTo("f:q@1000000=v1000000");
        region.now += 6;
        assertThat(all(region)).isEqualTo("f:q@999999=v999999");
        region.major();
        assertThat(region.raw()).isEqualTo("f:q@999999=v999999");
    }

    @Test
    void doesNotBringBackWhatWasReplacedByACellThatExpired() {
        SmallRegion region = new SmallRegion(ORDERED);
        region.write(put(region.now));
        region.write(put(region.now).ttl(5));
        region.now += 6;
        assertThat(all(region)).isEmpty();
        region.major();
        assertThat(region.raw()).isEmpty();
    }

    @Test
    void keepsWhatAVersionThatWasItselfPushedOutStandsBefore() {
        SmallRegion region =
                new SmallRegion(
                        ORDERED.withMaxVersions(2).withKeepDeletedCells(KeepDeletedCells.TRUE));
        long now = region.now;
        region.write(put(now - 4));
        region.write(put(now - 3));
        // Pushes out the first, then expires in the place of the second.
        region.write(put(now));
        region.write(put(now - 3).ttl(1));
        region.write(put(now - 5));
        String seen = "f:q@1000000=v1000000 f:q@999995=v999995";
        assertThat(all(region)).isEqualTo(seen);
        region.major();
        assertThat(all(region)).isEqualTo(seen);
    }

    /** All histories of four writes of one part; whoever lives shortly has expired already. */
    @Test
    void holdsTheSameAfterACompactionOfAllOfAnyFourWrites() {
        List<Part> parts = new ArrayList<>();
        for (Kind kind : KINDS) {
            for (long at = 1; at <= 3; at++) {
                parts.add(new Part(kind, "a", at, "v" + parts.size(), 0));
                if (kind == Kind.PUT) {
                    parts.add(new Part(kind, "a", at, "v" + parts.size(), 1));
                }
            }
        }
        List<List<Part>> histories = List.of(List.of());
        for (int i = 0; i < 4; i++) {
            histories =
                    histories.stream()
                            .flatMap(history -> parts.stream().map(part -> with(history, part)))
                            .toList();
        }
        ColumnFamily kept = ORDERED.withKeepDeletedCells(KeepDeletedCells.TRUE);
        for (List<Part> history : histories) {
            checkCompacted(ORDERED, history);
            checkCompacted(kept, history);
            if (EACH) {
                checkCompacted(ORDERED.withMaxVersions(2), history);
                checkCompacted(kept.withMaxVersions(2), history);
            }
        }
    }

    private static List<Part> with(List<Part> history, Part part) {
        List<Part> longer = new ArrayList<>(history);
        longer.add(part);
        return longer;
    }

    private static void checkCompacted(ColumnFamily family, List<Part> history) {
        SmallRegion region = new SmallRegion(family);
        region.now = 6;
        WriteOrderModel model = new WriteOrderModel(family);
        for (Part part : history) {
            model.write(List.of(part));
            region.write(History.mutation(part));
        }
        region.major();
        for (long to = 2; to <= 4; to++) {
            TimeRange range = to == 4 ? TimeRange.ALL : new TimeRange(0, to);
            assertThat(region.text(new Scan().readAllVersions().timeRange(range)))
                    .as(() -> "%s, %s, %s".formatted(family, history, range))
                    .isEqualTo(model.seen(List.of(), 100, range, history.size(), region.now));
        }
    }

    @Test
    void holdsWhatCarryingOutEachWriteInTurnWouldHold() {
        long seed = Long.getLong("skep.write-order.seed", 20_261_123);
        int histories = Integer.getInteger("skep.write-order.histories", EACH ? 200_000 : 1_500);
        System.out.printf("order of writing: seed %d, %d histories%n", seed, histories);
        for (int i = 0; i < histories; i++) {
            new History(seed + i).run();
        }
    }

    /** Random writes, flushes and compactions on one row, few columns and timestamps. */
    private static final class History {
        private final long seed;
        private final Random random;
        private final ColumnFamily family;
        private final SmallRegion region;
        private final WriteOrderModel model;
        private final boolean mortal;
        private final List<String> told = new ArrayList<>();
        private int values;
        // A reader that has begun after so many writes; 0 for none.
        private int reader;

        History(long seed) {
            this.seed = seed;
            random = new Random(seed);
            ColumnFamily chosen = ORDERED.withMaxVersions(1 + random.nextInt(3));
            if (random.nextInt(3) == 0) {
                chosen = chosen.withTtlMillis(1 + random.nextInt(6));
                if (random.nextBoolean()) {
                    chosen = chosen.withMinVersions(1 + random.nextInt(chosen.maxVersions()));
                }
            }
            if (random.nextInt(4) == 0) {
                chosen =
                        chosen.withKeepDeletedCells(
                                random.nextBoolean()
                                        ? KeepDeletedCells.TRUE
                                        : KeepDeletedCells.TTL);
            }
            mortal = random.nextInt(3) == 0;
            family = chosen;
            region = new SmallRegion(family);
            region.now = 6;
            model = new WriteOrderModel(family);
        }

        void run() {
            int steps = 4 + random.nextInt(30);
            for (int i = 0; i < steps; i++) {
                step();
                ask();
            }
        }

        private void step() {
            switch (random.nextInt(20)) {
                case 0, 1, 2 -> {
                    told.add("flush");
                    region.flush();
                }
                case 3 -> {
                    told.add("compact");
                    region.compact(2);
                }
                case 4 -> major();
                case 5, 6 -> region.now++;
                case 7 -> begin();
                default -> write();
            }
        }

        private void begin() {
            reader = random.nextBoolean() ? 0 : model.writes();
            told.add("reader after " + reader);
            region.smallestReadPoint(reader == 0 ? Long.MAX_VALUE : reader);
        }

        private void major() {
            told.add("major");
            region.major();
            if (reader == 0 && family.keepDeletedCells() == KeepDeletedCells.FALSE) {
                assertThat(region.raw()).as(this::toString).isEqualTo(model.kept(region.now));
            }
        }

        private void write() {
            List<Part> parts = new ArrayList<>();
            int count = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
            for (int i = 0; i < count; i++) {
                parts.add(part());
            }
            told.add(parts.toString());
            model.write(parts);
            region.write(parts.stream().map(History::mutation).toArray(Mutation<?>[]::new));
        }

        private Part part() {
            Kind kind = random.nextInt(3) > 0 ? Kind.PUT : KINDS.get(random.nextInt(KINDS.size()));
            long lives = mortal && random.nextBoolean() ? 1 + random.nextInt(6) : 0;
            return new Part(
                    kind,
                    QUALIFIERS.get(random.nextInt(QUALIFIERS.size())),
                    Math.max(0, region.now - 4 + random.nextInt(6)),
                    "v" + values++,
                    lives);
        }

        private static Mutation<?> mutation(Part part) {
            byte[] qualifier = SmallRegion.b(part.qualifier());
            long at = part.timestamp();
            return switch (part.kind()) {
                case PUT -> {
                    Put put = new Put(ROW).add(F, qualifier, at, SmallRegion.b(part.value()));
                    yield part.lives() > 0 ? put.ttl(part.lives()) : put;
                }
                case VERSION -> new Delete(ROW).addColumn(F, qualifier, at);
                case COLUMN -> new Delete(ROW).addColumns(F, qualifier, at);
                case FAMILY_VERSION -> new Delete(ROW).addFamilyVersion(F, at);
                case FAMILY -> new Delete(ROW).addFamily(F, at);
            };
        }

        private void ask() {
            ask(List.of(), 100, TimeRange.ALL, model.writes());
            List<String> chosen = QUALIFIERS.subList(random.nextInt(3), 3);
            long from = random.nextInt(8);
            TimeRange range = new TimeRange(from, from + 1 + random.nextInt(8));
            int after = reader == 0 || random.nextBoolean() ? model.writes() : reader;
            ask(
                    random.nextBoolean() ? List.of() : chosen,
                    1 + random.nextInt(3),
                    random.nextBoolean() ? TimeRange.ALL : range,
                    after);
        }

        private void ask(List<String> columns, int wanted, TimeRange range, int after) {
            Scan scan = new Scan().readVersions(wanted).timeRange(range);
            columns.forEach(column -> scan.addColumn(F, SmallRegion.b(column)));
            assertThat(region.text(scan, after))
                    .as(
                            () ->
                                    "%s, %s, %d versions, %s, after %d"
                                            .formatted(this, columns, wanted, range, after))
                    .isEqualTo(model.seen(columns, wanted, range, after, region.now));
        }

        @Override
        public String toString() {
            return "seed %d, now %d, %s%n%s%n"
                    .formatted(seed, region.now, family, String.join("\n", told));
        }
    }
}
