package org.skep.lsm.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skep.lsm.read.SmallRegion.b;

import org.junit.jupiter.api.Test;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.TimeRange;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.KeepDeletedCells;

/** What HBase 2.6.4 answered, example by example. */
final class CellSemanticsTest {
    private static final byte[] ROW = b("r");
    private static final byte[] F = b("f");
    private static final byte[] G = b("g");
    private static final byte[] P = b("p");
    private static final byte[] Q = b("q");

    private final ColumnFamily f = ColumnFamily.named("f");

    private SmallRegion threeVersions() {
        SmallRegion region =
                new SmallRegion(f.withMaxVersions(3), ColumnFamily.named("g").withMaxVersions(3));
        return region.put("r", "f:q", 1, "v1").put("r", "f:q", 2, "v2").put("r", "f:q", 3, "v3");
    }

    private SmallRegion twoColumns() {
        return threeVersions()
                .put("r", "f:p", 1, "w1")
                .put("r", "f:p", 2, "w2")
                .put("r", "f:p", 3, "w3");
    }

    private static Delete delete() {
        return new Delete(ROW);
    }

    @Test
    void ordersCellsOfARow() {
        SmallRegion region = new SmallRegion(f.withMaxVersions(5), ColumnFamily.named("g"));
        region.put("r", "g:a", 9, "v")
                .put("r", "f:zz", 5, "v")
                .put("r", "f:b", 1, "v")
                .put("r", "f:", 2, "v")
                .put("r", "f:a", 1, "v")
                .put("r", "f:aa", 1, "v")
                .put("r", "f:a", 3, "v");
        region.write(delete().addColumn(F, b("zz"), 5));
        region.write(delete().addFamilyVersion(F, 0));
        region.write(delete().addColumns(F, b("zz"), 5));
        region.write(delete().addFamily(F, 0));

        assertThat(region.raw())
                .isEqualTo(
                        "f:@2=v f:@0/DELETE_FAMILY f:@0/DELETE_FAMILY_VERSION f:a@3=v f:a@1=v"
                                + " f:aa@1=v f:b@1=v f:zz@5/DELETE_COLUMN f:zz@5/DELETE f:zz@5=v"
                                + " g:a@9=v");
    }

    @Test
    void deletesOneVersion() {
        SmallRegion region = threeVersions();
        region.write(delete().addColumn(F, Q, 2));
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@3=v3 f:q@1=v1");
        assertThat(region.raw()).isEqualTo("f:q@3=v3 f:q@2/DELETE f:q@2=v2 f:q@1=v1");
    }

    @Test
    void deletesVersionsUpToATimestamp() {
        SmallRegion region = threeVersions();
        region.write(delete().addColumns(F, Q, 2));
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@3=v3");
    }

    @Test
    void deletesAFamilyUpToATimestamp() {
        SmallRegion region = twoColumns();
        region.write(delete().addFamily(F, 2));
        assertThat(region.values("r", "f:p")).isEqualTo("f:p@3=w3");
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@3=v3");
    }

    @Test
    void deletesOneVersionOfAFamily() {
        SmallRegion region = twoColumns();
        region.write(delete().addFamilyVersion(F, 2));
        assertThat(region.values("r", "f:p")).isEqualTo("f:p@3=w3 f:p@1=w1");
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@3=v3 f:q@1=v1");
    }

    @Test
    void hidesWhatIsWrittenAfterTheDelete() {
        SmallRegion region = new SmallRegion(f.withMaxVersions(3));
        region.write(delete().addColumns(F, Q, 10));
        region.put("r", "f:q", 5, "late");
        assertThat(region.values("r", "f:q")).isEmpty();
        region.major();
        assertThat(region.raw()).isEmpty();
        region.put("r", "f:q", 5, "later");
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@5=later");
    }

    @Test
    void keepsTheLastOfEqualCells() {
        SmallRegion region = new SmallRegion(f.withMaxVersions(3));
        region.put("r", "f:q", 5, "a").put("r", "f:q", 5, "b");
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@5=b");
        assertThat(region.raw()).isEqualTo("f:q@5=b");
        region.flush();
        region.put("r", "f:q", 5, "c");
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@5=c");
        region.write(delete().addColumn(F, Q, 5));
        assertThat(region.values("r", "f:q")).isEmpty();
        region.put("r", "f:q", 5, "d");
        assertThat(region.values("r", "f:q")).isEmpty();
        region.major();
        region.put("r", "f:q", 5, "e");
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@5=e");
    }

    @Test
    void looksUpTheVersionOfADeleteWithoutTimestamp() {
        SmallRegion region = threeVersions();
        region.write(delete().addColumn(F, Q));
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@2=v2 f:q@1=v1");
        region.write(delete().addColumn(F, P));
        assertThat(region.raw()).contains("f:p@1000000/DELETE");
    }

    @Test
    void bringsBackVersionsThatWereNotFlushed() {
        SmallRegion region = new SmallRegion(f.withMaxVersions(2));
        region.put("r", "f:q", 1, "1").put("r", "f:q", 2, "2").put("r", "f:q", 3, "3");
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@3=3 f:q@2=2");
        assertThat(region.raw()).isEqualTo("f:q@3=3 f:q@2=2 f:q@1=1");
        region.write(delete().addColumn(F, Q, 3));
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@2=2 f:q@1=1");
    }

    @Test
    void doesNotBringBackVersionsThatAFlushDropped() {
        SmallRegion region = new SmallRegion(f.withMaxVersions(2));
        region.put("r", "f:q", 1, "1").put("r", "f:q", 2, "2").put("r", "f:q", 3, "3");
        region.flush();
        assertThat(region.raw()).isEqualTo("f:q@3=3 f:q@2=2");
        region.write(delete().addColumn(F, Q, 3));
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@2=2");
    }

    @Test
    void countsDeletedVersionsByTheOrderOfWriting() {
        SmallRegion region = new SmallRegion(f.withMaxVersions(2).withNewVersionBehavior());
        region.put("r", "f:q", 1, "1").put("r", "f:q", 2, "2").put("r", "f:q", 3, "3");
        region.write(delete().addColumn(F, Q, 3));
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@2=2");
        region.flush();
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@2=2");
    }

    @Test
    void seesWhatIsWrittenAfterTheDeleteByTheOrderOfWriting() {
        SmallRegion region = new SmallRegion(f.withMaxVersions(2).withNewVersionBehavior());
        region.write(delete().addColumns(F, Q, 10));
        region.put("r", "f:q", 5, "late");
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@5=late");
        region.flush();
        region.write(delete().addFamily(F, 10));
        assertThat(region.values("r", "f:q")).isEmpty();
        region.put("r", "f:q", 4, "again").put("r", "f:", 4, "nameless");
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@4=again");
        assertThat(region.values("r", "f:")).isEqualTo("f:@4=nameless");
        region.major();
        assertThat(region.raw()).isEqualTo("f:@4=nameless f:q@4=again");
    }

    @Test
    void expiresButKeepsTheLeastNumberOfVersions() {
        SmallRegion region =
                new SmallRegion(f.withMaxVersions(3).withMinVersions(1).withTtlMillis(2000));
        region.put("r", "f:q", region.now - 5000, "old")
                .put("r", "f:q", region.now - 4000, "newer");
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@996000=newer");
        region.major();
        assertThat(region.raw()).isEqualTo("f:q@996000=newer");
    }

    @Test
    void showsExpiredCellsToRawScansUntilTheyAreCompacted() {
        SmallRegion region = new SmallRegion(f.withTtlMillis(2000));
        region.put("r", "f:q", region.now, "v");
        region.now += 2000;
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@1000000=v");
        region.now += 1;
        assertThat(region.values("r", "f:q")).isEmpty();
        assertThat(region.raw()).isEqualTo("f:q@1000000=v");
        region.flush();
        assertThat(region.raw()).isEmpty();
    }

    @Test
    void seesThePastWhereDeletedCellsAreKept() {
        SmallRegion region =
                new SmallRegion(f.withMaxVersions(3).withKeepDeletedCells(KeepDeletedCells.TRUE));
        region.put("r", "f:q", 1, "v1");
        region.write(delete().addColumns(F, Q, 10));
        Get past = new Get(ROW).addColumn(F, Q).timeRange(new TimeRange(0, 5));
        assertThat(SmallRegion.text(region.get(past))).isEqualTo("f:q@1=v1");
        assertThat(region.values("r", "f:q")).isEmpty();
        region.major();
        assertThat(SmallRegion.text(region.get(past))).isEqualTo("f:q@1=v1");
        assertThat(region.raw()).isEqualTo("f:q@10/DELETE_COLUMN f:q@1=v1");
    }

    @Test
    void letsMarkersBehindTheRangeHideTheCellsInIt() {
        SmallRegion region = new SmallRegion(f.withMaxVersions(3));
        region.put("r", "f:q", 1, "v1");
        region.write(delete().addColumns(F, Q, 10));
        Get past = new Get(ROW).addColumn(F, Q).timeRange(new TimeRange(0, 5));
        assertThat(region.get(past).isEmpty()).isTrue();
        region.flush();
        assertThat(region.get(past).isEmpty()).isTrue();
    }

    @Test
    void keepsMarkersUntilTheyExpire() {
        SmallRegion region =
                new SmallRegion(
                        f.withMaxVersions(3)
                                .withTtlMillis(10_000)
                                .withKeepDeletedCells(KeepDeletedCells.TTL));
        region.put("r", "f:q", region.now - 100, "v");
        region.write(delete().addColumns(F, Q, region.now));
        region.major();
        assertThat(region.raw()).isEqualTo("f:q@1000000/DELETE_COLUMN f:q@999900=v");
        region.now += 10_001;
        region.major();
        assertThat(region.raw()).isEmpty();
    }

    @Test
    void losesAPutToADeleteOfTheSameMutation() {
        SmallRegion region = new SmallRegion(f.withMaxVersions(3));
        region.write(delete().addColumns(F, Q, 7), new Put(ROW).add(F, Q, 7, b("v7")));
        assertThat(region.values("r", "f:q")).isEmpty();
        region.write(delete().addColumns(F, Q, 7), new Put(ROW).add(F, Q, 8, b("v8")));
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@8=v8");
    }

    @Test
    void deletesTheRowInEveryFamily() {
        SmallRegion region = new SmallRegion(f, ColumnFamily.named("g"));
        region.put("r", "f:q", 100, "a");
        region.write(delete());
        region.put("r", "f:q", 200, "b");
        assertThat(region.values("r", "f:q")).isEmpty();
        assertThat(region.raw())
                .isEqualTo("f:@1000000/DELETE_FAMILY f:q@200=b f:q@100=a g:@1000000/DELETE_FAMILY");
    }

    @Test
    void shortensTheLifeOfCells() {
        SmallRegion region = new SmallRegion(f.withTtlMillis(100_000));
        region.write(new Put(ROW).add(F, Q, region.now, b("v")).ttl(500));
        assertThat(region.values("r", "f:q")).isEqualTo("f:q@1000000=v");
        region.now += 501;
        assertThat(region.values("r", "f:q")).isEmpty();
        region.flush();
        assertThat(region.raw()).isEmpty();
    }

    @Test
    void leavesOtherFamiliesAlone() {
        SmallRegion region = new SmallRegion(f, ColumnFamily.named("g"));
        region.put("r", "f:q", 1, "a").put("r", "g:q", 1, "b");
        region.write(delete().addFamily(F, 5));
        assertThat(SmallRegion.text(region.get(new Get(ROW).addFamily(F).addFamily(G))))
                .isEqualTo("g:q@1=b");
    }

    @Test
    void dropsMarkersWhenAMinorCompactionTakesAllFiles() {
        SmallRegion region = new SmallRegion(f);
        region.put("r", "f:q", 1, "v");
        region.flush();
        region.write(delete().addColumns(F, Q, 5));
        region.flush();
        region.put("r", "f:other", 1, "x");
        region.flush();
        region.compact(2);
        assertThat(region.raw()).isEqualTo("f:other@1=x f:q@5/DELETE_COLUMN f:q@1=v");
        region.compact(2);
        assertThat(region.raw()).isEqualTo("f:other@1=x");
    }

    @Test
    void keepsWhatAnOpenReaderMaySee() {
        SmallRegion region = new SmallRegion(f);
        region.put("r", "f:q", 1, "v");
        region.smallestReadPoint(region.readPoint());
        region.write(delete().addColumns(F, Q, 5));
        region.put("r", "f:q", 6, "new");
        region.major();
        assertThat(region.raw()).isEqualTo("f:q@6=new f:q@5/DELETE_COLUMN f:q@1=v");
        region.smallestReadPoint(Long.MAX_VALUE);
        region.major();
        assertThat(region.raw()).isEqualTo("f:q@6=new");
    }

    @Test
    void keepsMarkersForTheTimeToPurge() {
        SmallRegion region = new SmallRegion(f);
        region.timeToPurge(1000);
        region.put("r", "f:q", 1, "v");
        region.write(delete().addColumns(F, Q, region.now));
        region.major();
        assertThat(region.raw()).isEqualTo("f:q@1000000/DELETE_COLUMN");
        region.now += 1001;
        region.major();
        assertThat(region.raw()).isEmpty();
    }

    @Test
    void findsOlderVersionsInATimeRangeUntilTheFlush() {
        SmallRegion region = new SmallRegion(f);
        region.put("r", "f:q", 1, "a").put("r", "f:q", 2, "b");
        Get past = new Get(ROW).addColumn(F, Q).timeRange(new TimeRange(0, 2));
        assertThat(SmallRegion.text(region.get(past))).isEqualTo("f:q@1=a");
        region.flush();
        assertThat(region.get(past).isEmpty()).isTrue();
    }
}
