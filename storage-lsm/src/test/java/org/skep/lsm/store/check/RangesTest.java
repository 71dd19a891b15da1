package org.skep.lsm.store.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableName;

final class RangesTest {
    // Regions as "a..c", a dot more for each bound that is missing.
    private static String check(String... ranges) {
        List<RegionInfo> regions = new ArrayList<>();
        for (String range : ranges) {
            int dots = range.indexOf("..");
            regions.add(
                    new RegionInfo(
                            TableName.of("t"),
                            Cell.utf8(range.substring(0, dots)),
                            Cell.utf8(range.substring(dots + 2)),
                            1));
        }
        Ranges found = Ranges.of(regions);
        return found.holes().stream().map(Object::toString).collect(Collectors.joining(" "))
                + " | "
                + found.overlaps().stream()
                        .map(
                                group ->
                                        group.stream()
                                                .map(
                                                        region ->
                                                                RegionInfo.printable(
                                                                                region.startRow())
                                                                        + ".."
                                                                        + RegionInfo.printable(
                                                                                region.stopRow()))
                                                .collect(Collectors.joining("+")))
                        .collect(Collectors.joining(" "));
    }

    @Test
    void findsHolesAndOverlaps() {
        assertThat(check("..")).isEqualTo(" | ");
        assertThat(check("m..", "..m")).isEqualTo(" | ");
        assertThat(check()).isEqualTo("[, ) | ");
        assertThat(check("b..d", "f..g")).isEqualTo("[, b) [d, f) [g, ) | ");
        assertThat(check("..c", "b..")).isEqualTo(" | ..c+b..");
        assertThat(check("..", "b..c", "c..d")).isEqualTo(" | ..+b..c+c..d");
        assertThat(check("..b", "b..e", "c..d", "d..f", "f..")).isEqualTo(" | b..e+c..d+d..f");
        assertThat(check("..b", "b..d", "b..d", "e..g", "f..h", "h.."))
                .isEqualTo("[d, e) | b..d+b..d e..g+f..h");
        assertThat(check("..", "..")).isEqualTo(" | ..+..");
    }
}
