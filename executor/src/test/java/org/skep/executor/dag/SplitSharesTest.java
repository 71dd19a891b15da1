package org.skep.executor.dag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skep.plan.node.JoinKind;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.stage.ScanSplit;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageGraph;
import org.skep.plan.stage.StageOutput;
import org.skep.storage.Split;

/** Who reads which split when tasks cannot take from each other. */
final class SplitSharesTest {
    private static PhysicalNode.TableScan scan(int id) {
        return new PhysicalNode.TableScan(
                id, "t" + id, List.of(), List.of(), List.of(), List.of(), List.of(), null,
                List.of());
    }

    private static List<ScanSplit> splits(int id, long... lengths) {
        List<ScanSplit> splits = new ArrayList<>();
        for (long length : lengths) {
            splits.add(
                    new ScanSplit(
                            id,
                            0,
                            new Split(
                                    "/f" + id,
                                    splits.size(),
                                    length,
                                    length,
                                    0,
                                    List.of(),
                                    -1,
                                    List.of(),
                                    false)));
        }
        return splits;
    }

    private static PhysicalNode join(PhysicalNode left, PhysicalNode right) {
        return new PhysicalNode.HashJoin(
                JoinKind.INNER,
                left,
                right,
                List.of(0),
                List.of(0),
                List.of(false),
                null,
                List.of());
    }

    private static Stage stage(PhysicalNode root) {
        return new Stage("Map 1", root, new StageOutput.Result(), 0, List.of());
    }

    private static List<String> share(SplitShares shares, int task) {
        return shares.of(task).stream()
                .map(split -> split.scanId() + ":" + split.split().length())
                .toList();
    }

    @Test
    void bytesAreDealtEvenly() {
        Stage stage = stage(scan(1));
        SplitShares shares =
                new SplitShares(
                        new StageGraph(List.of(stage)),
                        stage,
                        Map.of(1, splits(1, 100, 30, 30, 40, 0)),
                        2);
        assertThat(share(shares, 0)).containsExactly("1:100", "1:0");
        assertThat(share(shares, 1)).containsExactly("1:30", "1:30", "1:40");
    }

    @Test
    void aTableOnTheRightOfAJoinGoesToAll() {
        Stage stage = stage(join(scan(1), join(scan(2), scan(3))));
        SplitShares shares =
                new SplitShares(
                        new StageGraph(List.of(stage)),
                        stage,
                        Map.of(1, splits(1, 5, 6), 2, splits(2, 7), 3, splits(3, 8)),
                        2);
        assertThat(share(shares, 0)).containsExactlyInAnyOrder("1:5", "2:7", "3:8");
        assertThat(share(shares, 1)).containsExactlyInAnyOrder("1:6", "2:7", "3:8");
    }

    @Test
    void aRightSideThatIsDealtOutIsNotRepeated() {
        Stage sender =
                new Stage("Map 2", scan(9), new StageOutput.Hash(List.of(0)), 0, List.of("Map 1"));
        PhysicalNode read = new PhysicalNode.ExchangeRead("Map 2", List.of(), List.of());
        Stage stage = stage(join(scan(1), new PhysicalNode.UnionAll(List.of(read, scan(2)))));
        SplitShares shares =
                new SplitShares(
                        new StageGraph(List.of(sender, stage)),
                        stage,
                        Map.of(1, splits(1, 10), 2, splits(2, 10)),
                        2);
        assertThat(shares.of(0)).hasSize(1);
        assertThat(shares.of(1)).hasSize(1);
    }
}
