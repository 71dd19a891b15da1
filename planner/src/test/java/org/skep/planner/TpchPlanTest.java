package org.skep.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.skep.parser.SqlParser;
import org.skep.plan.codec.FragmentCodec;
import org.skep.plan.node.JoinKind;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.stage.QueryContext;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.TaskFragment;

class TpchPlanTest {
    private static final Path QUERIES = Path.of("../benchmarks/src/main/resources/tpch");

    @Test
    void noQueryHasACrossJoinOrPairsItsRowsNaively() throws IOException {
        for (int number = 1; number <= 22; number++) {
            PlannedQuery plan = plan(number);
            if (Boolean.getBoolean("skep.print.plans")) {
                System.out.println("=== Q" + number);
                plan.graph()
                        .stages()
                        .forEach(
                                stage ->
                                        print(
                                                stage.name() + " " + stage.output(),
                                                stage.root(),
                                                0));
            }
            for (Stage stage : plan.graph().stages()) {
                assertThat(crossJoins(stage.root())).as("cross joins of query " + number).isZero();
            }
        }
    }

    @Test
    void everyPlanSurvivesItsBytes() throws IOException {
        QueryContext context =
                new QueryContext(
                        "q",
                        "hive",
                        "default",
                        "UTC",
                        0,
                        java.util.Map.of(),
                        1 << 20,
                        null,
                        2048,
                        false);
        for (int number = 1; number <= 22; number++) {
            for (Stage stage : plan(number).graph().stages()) {
                TaskFragment fragment = new TaskFragment(context, stage);
                assertThat(FragmentCodec.decode(FragmentCodec.encode(fragment)))
                        .isEqualTo(fragment);
            }
        }
    }

    private static PlannedQuery plan(int number) throws IOException {
        String sql = Files.readString(QUERIES.resolve("q%02d.sql".formatted(number)));
        return new Planner(Tpch.environment(), "default")
                .planQuery(new SqlParser().parseQuery(sql));
    }

    // A join of all pairs is fine if one side is a single row, as a scalar subquery gives it.
    private static int crossJoins(PhysicalNode node) {
        int count = node.inputs().stream().mapToInt(TpchPlanTest::crossJoins).sum();
        boolean cross =
                node instanceof PhysicalNode.NestedLoopJoin join
                        && join.condition() == null
                        && join.kind() == JoinKind.INNER;
        return count + (cross ? 1 : 0);
    }

    private static void print(String prefix, PhysicalNode node, int depth) {
        String detail = node.getClass().getSimpleName();
        if (node instanceof PhysicalNode.HashJoin join) {
            detail +=
                    " "
                            + join.kind()
                            + " "
                            + join.leftKeys()
                            + "="
                            + join.rightKeys()
                            + (join.residual() == null ? "" : " residual");
        } else if (node instanceof PhysicalNode.TableScan scan) {
            detail +=
                    " "
                            + scan.table()
                            + " "
                            + scan.columns().stream().map(c -> c.name()).toList()
                            + (scan.filter() == null ? "" : " filtered");
        } else if (node instanceof PhysicalNode.ExchangeRead read) {
            detail += " " + read.stage();
        } else if (node instanceof PhysicalNode.NestedLoopJoin join) {
            detail += " " + join.kind() + " " + join.condition();
        }
        System.out.println(prefix + "  ".repeat(depth + 1) + detail);
        node.inputs().forEach(input -> print("", input, depth + 1));
    }
}
