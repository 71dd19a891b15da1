package org.skep.lsm.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skep.lsm.read.SmallRegion.b;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.base.error.SkepException;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.operation.TimeRange;
import org.skep.lsm.schema.ColumnFamily;

/** Ranges, orders and parts of scans. */
final class RegionScannerTest {
    private static final byte[] F = b("f");
    private static final byte[] G = b("g");

    private final SmallRegion region =
            new SmallRegion(ColumnFamily.named("f").withMaxVersions(3), ColumnFamily.named("g"));

    private SmallRegion sixRows() {
        for (int i = 0; i < 6; i++) {
            region.put("k" + i, "f:q", 1, "v");
            if (i % 2 == 0) {
                region.flush();
            }
        }
        return region;
    }

    private String rows(Scan scan) {
        return SmallRegion.rows(region.results(scan));
    }

    @Test
    void answersRangesAsHBaseDoes() {
        sixRows();
        assertThat(rows(new Scan().limit(2))).isEqualTo("k0 k1");
        assertThat(rows(new Scan().reversed(true).limit(3))).isEqualTo("k5 k4 k3");
        assertThat(rows(new Scan().startRow(b("k1"), false).stopRow(b("k4"), true)))
                .isEqualTo("k2 k3 k4");
        assertThat(rows(new Scan().reversed(true).startRow(b("k3")).stopRow(b("k1"))))
                .isEqualTo("k3 k2");
        assertThat(rows(new Scan().prefix(b("k5")))).isEqualTo("k5");
        assertThat(rows(new Scan().reversed(true).prefix(b("k")))).isEqualTo("k5 k4 k3 k2 k1 k0");
        assertThat(rows(new Scan().reversed(true).startRow(b("k3"), false).stopRow(b("k1"), true)))
                .isEqualTo("k2 k1");
        assertThat(rows(new Scan().startRow(b("k3")).stopRow(b("k3"), true))).isEqualTo("k3");
        assertThat(rows(new Scan().reversed(true).startRow(b("k35")).stopRow(b("k15"))))
                .isEqualTo("k3 k2");
        assertThat(rows(new Scan().startRow(b("x")))).isEmpty();
        Scan none = new Scan().startRow(b("k25")).stopRow(b("k25"), true);
        assertThat(rows(none)).isEmpty();
        assertThat(rows(none.reversed(true))).isEmpty();
    }

    @Test
    void joinsFamiliesRowByRow() {
        region.put("a", "g:x", 1, "1").put("b", "f:x", 1, "2").put("b", "g:y", 1, "3");
        region.flush();
        region.put("a", "f:z", 1, "4").put("c", "g:x", 1, "5");
        assertThat(region.results(new Scan()))
                .extracting(SmallRegion::text)
                .containsExactly("f:z@1=4 g:x@1=1", "f:x@1=2 g:y@1=3", "g:x@1=5");
        assertThat(region.results(new Scan().reversed(true)))
                .extracting(SmallRegion::text)
                .containsExactly("g:x@1=5", "f:x@1=2 g:y@1=3", "f:z@1=4 g:x@1=1");
        assertThat(region.results(new Scan().addColumn(G, b("y")).addFamily(F)))
                .extracting(SmallRegion::text)
                .containsExactly("f:z@1=4", "f:x@1=2 g:y@1=3");
    }

    @Test
    void cutsRowsIntoBatches() {
        Put put = new Put(b("r"));
        for (char c = 'a'; c <= 'e'; c++) {
            put.add(F, b("" + c), 1, b("v"));
        }
        region.write(put.add(G, b("x"), 1, b("v")));
        region.put("s", "f:a", 1, "v");
        List<Result> results = region.results(new Scan().batch(4));
        assertThat(results)
                .extracting(SmallRegion::text)
                .containsExactly("f:a@1=v f:b@1=v f:c@1=v f:d@1=v", "f:e@1=v g:x@1=v", "f:a@1=v");
        assertThat(results).extracting(Result::partial).containsExactly(true, false, false);
        assertThat(region.results(new Scan().batch(4).limit(1))).hasSize(2);
        assertThat(region.results(new Scan().maxResultSize(1))).hasSize(7);
    }

    @Test
    void limitsTheCellsOfEachFamily() {
        Put put = new Put(b("r"));
        for (char c = 'a'; c <= 'e'; c++) {
            put.add(F, b("" + c), 1, b("v")).add(G, b("" + c), 1, b("v"));
        }
        region.write(put);
        region.put("s", "f:a", 1, "v");
        assertThat(region.text(new Scan().maxCellsPerFamily(2).cellOffsetPerFamily(1)))
                .isEqualTo("f:b@1=v f:c@1=v g:b@1=v g:c@1=v");
    }

    @Test
    void keepsToTheReadPointItBeganWith() {
        for (int i = 0; i < 5; i++) {
            region.put("k" + i, "f:q", 1, "v");
        }
        try (RegionScanner scanner = region.scanner(new Scan())) {
            scanner.next();
            region.put("k3", "f:q", 2, "NEW").put("k9", "f:q", 1, "v");
            region.write(new Delete(b("k4")));
            List<String> rest = new ArrayList<>();
            for (Result result = scanner.next(); result != null; result = scanner.next()) {
                rest.add(SmallRegion.text(result));
            }
            assertThat(rest).containsExactly("f:q@1=v", "f:q@1=v", "f:q@1=v", "f:q@1=v");
        }
    }

    @Test
    void leavesOutCellsBehindTheReadPoint() {
        sixRows();
        long before = region.readPoint();
        region.put("k1", "f:q", 2, "new").put("k7", "f:q", 1, "new");
        for (boolean reversed : new boolean[] {false, true}) {
            List<String> seen = new ArrayList<>();
            try (RegionScanner scanner =
                    RegionScanner.open(
                            new Scan().reversed(reversed),
                            List.of(ColumnFamily.named("f")),
                            (family, scan, columns) -> region.sources(family),
                            before,
                            region.now)) {
                for (Result r = scanner.next(); r != null; r = scanner.next()) {
                    seen.add(new String(r.row(), java.nio.charset.StandardCharsets.UTF_8));
                    assertThat(SmallRegion.text(r)).isEqualTo("f:q@1=v");
                }
            }
            assertThat(seen)
                    .hasSize(6)
                    .isSortedAccordingTo(
                            reversed
                                    ? java.util.Comparator.<String>reverseOrder()
                                    : java.util.Comparator.<String>naturalOrder());
        }
    }

    @Test
    void givesCellsWithoutCopies() {
        sixRows();
        region.put("k2", "g:x", 1, "w").put("k2", "f:r", 1, "v");
        List<String> cells = new ArrayList<>();
        try (RegionScanner scanner = region.scanner(new Scan().startRow(b("k1")).limit(3))) {
            while (scanner.nextCell()) {
                cells.add(
                        (scanner.startsRow() ? "| " : "")
                                + SmallRegion.text(Cell.copyOf(scanner.cell())));
            }
        }
        assertThat(cells)
                .containsExactly("| f:q@1=v", "| f:q@1=v", "f:r@1=v", "g:x@1=w", "| f:q@1=v");
    }

    @Test
    void givesEachFamilyItsOwnTimeRange() {
        region.put("r", "f:q", 1, "a").put("r", "f:q", 5, "b").put("r", "g:q", 5, "c");
        assertThat(region.text(new Scan().timeRange(F, new TimeRange(0, 3)).readAllVersions()))
                .isEqualTo("f:q@1=a g:q@5=c");
    }

    @Test
    void refusesWhatItCannotAnswer() {
        assertThatThrownBy(() -> region.results(new Scan().addFamily(b("no"))))
                .isInstanceOf(SkepException.class)
                .hasMessage("Column family not found: no");
        assertThatThrownBy(() -> region.results(new Scan().raw(true).addColumn(F, b("q"))))
                .isInstanceOf(SkepException.class)
                .hasMessage("Cannot specify any column for a raw scan");
        assertThatThrownBy(() -> new Get(new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Row length is 0");
    }

    @Test
    void readsColumnsOfAGetThatAreThere() {
        Put put = new Put(b("r"));
        for (int i = 0; i < 100; i++) {
            put.add(F, b("q%02d".formatted(i)), 1, b("v" + i));
        }
        region.write(put);
        region.flush();
        region.put("r", "f:q50", 2, "new");
        Get get =
                new Get(b("r")).addColumn(F, b("q03")).addColumn(F, b("q50")).addColumn(F, b("z"));
        assertThat(SmallRegion.text(region.get(get))).isEqualTo("f:q03@1=v3 f:q50@2=new");
        assertThat(region.get(new Get(b("r")).existenceOnly()).cells()).hasSize(1);
        assertThat(region.get(new Get(b("no"))).isEmpty()).isTrue();
    }
}
