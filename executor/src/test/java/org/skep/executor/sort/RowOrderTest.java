package org.skep.executor.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.plan.node.SortKey;
import org.skep.types.DataType;
import org.skep.types.key.EncodedKeys;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** Tests the sort of keys. */
final class RowOrderTest {
    private static EncodedKeys keys(long seed, int count) {
        Random random = new Random(seed);
        LongVector values = (LongVector) ColumnVector.create(DataType.BIGINT, count);
        for (int i = 0; i < count; i++) {
            values.values()[i] = random.nextLong();
        }
        EncodedKeys keys = new EncodedKeys();
        new RowOrder(List.of(new SortKey(0, false, true)), List.of(DataType.BIGINT))
                .encode(new ColumnVector[] {values}, Selection.all(count), keys);
        return keys;
    }

    @Test
    void ordersKeys() {
        long seed = System.nanoTime();
        EncodedKeys keys = keys(seed, 100_000);
        int[] pauses = new int[1];
        int[] order = RowOrder.sorted(keys, () -> pauses[0]++);
        for (int i = 1; i < order.length; i++) {
            assertThat(keys.compare(order[i - 1], order[i])).as("seed %d", seed).isNegative();
        }
        assertThat(pauses[0]).as("checks for cancellation").isGreaterThan(50);
    }

    @Test
    void endsWhenStopped() {
        long seed = System.nanoTime();
        CancelFlag flag = new CancelFlag();
        EncodedKeys keys = keys(seed, 100_000);
        flag.cancel();
        assertThatThrownBy(() -> RowOrder.sorted(keys, flag::check))
                .as("seed %d", seed)
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }
}
