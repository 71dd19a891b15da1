package org.skep.lsm.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.filter.CompareOperator;

/** Conditions as HBase decides them. */
final class CheckAndMutateTest {
    private static final byte[] ROW = Cell.utf8("r");
    private static final byte[] F = Cell.utf8("f");
    private static final byte[] Q = Cell.utf8("q");

    private static boolean holds(CompareOperator operator, String given, String stored) {
        CheckAndMutate check =
                CheckAndMutate.of(ROW)
                        .ifMatches(F, Q, operator, given == null ? null : Cell.utf8(given))
                        .then(new Put(ROW).add(F, Q, Cell.utf8("x")));
        Result found =
                stored == null
                        ? Result.EMPTY
                        : new Result(
                                List.of(Cell.of(ROW, F, Q, 1, CellType.PUT, Cell.utf8(stored))),
                                false);
        return check.holds(found);
    }

    @Test
    void comparesTheGivenValueWithTheStored() {
        assertThat(holds(CompareOperator.EQUAL, "b", "b")).isTrue();
        assertThat(holds(CompareOperator.EQUAL, "b", "c")).isFalse();
        assertThat(holds(CompareOperator.LESS, "b", "c")).isTrue();
        assertThat(holds(CompareOperator.GREATER, "b", "c")).isFalse();
        assertThat(holds(CompareOperator.GREATER_OR_EQUAL, "c", "c")).isTrue();
        assertThat(holds(CompareOperator.LESS_OR_EQUAL, "d", "c")).isFalse();
        assertThat(holds(CompareOperator.NOT_EQUAL, "d", "c")).isTrue();
        assertThat(holds(CompareOperator.NOT_EQUAL, "d", null)).isFalse();
    }

    @Test
    void takesEmptyForNothing() {
        assertThat(holds(CompareOperator.EQUAL, null, null)).isTrue();
        assertThat(holds(CompareOperator.EQUAL, null, "")).isTrue();
        assertThat(holds(CompareOperator.EQUAL, "", "x")).isFalse();
        assertThat(holds(CompareOperator.NOT_EQUAL, null, "x")).isTrue();
        assertThat(holds(CompareOperator.NOT_EQUAL, null, null)).isFalse();
        assertThat(holds(CompareOperator.GREATER, null, null)).isTrue();
    }

    @Test
    void refusesOtherRows() {
        Put other = new Put(Cell.utf8("s\u0000")).add(F, Q, Q);
        assertThatThrownBy(() -> CheckAndMutate.of(ROW).ifNotExists(F, Q).then(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Mutation must be of the same row: s\\x00 instead of r");
        assertThatThrownBy(() -> CheckAndMutate.of(ROW).then(new Put(ROW).add(F, Q, Q)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Condition must be set");
    }
}
