package org.skep.executor.window;

import java.util.List;
import org.skep.executor.sort.RowOrder;
import org.skep.plan.node.SortKey;
import org.skep.types.DataType;
import org.skep.types.key.EncodedKeys;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * The rows of one partition: the positions {@code start} to {@code end - 1} of the columns, and
 * which of them are peers. Confined to one thread.
 */
final class WindowPartition {
    private static final int CHUNK = 4096;

    private final ColumnVector[] columns;
    private final int start;
    private final int end;
    private final List<SortKey> order;
    private final int[] peerStart;
    private final int[] peerEnd;
    private final Runnable pause;
    private int steps;

    WindowPartition(
            ColumnVector[] columns,
            int start,
            int end,
            List<SortKey> order,
            List<DataType> types,
            Runnable pause) {
        this.pause = pause;
        this.columns = columns;
        this.start = start;
        this.end = end;
        this.order = order;
        peerStart = new int[end - start];
        peerEnd = new int[end - start];
        if (order.isEmpty()) {
            java.util.Arrays.fill(peerStart, start);
            java.util.Arrays.fill(peerEnd, end);
        } else {
            findPeers(new RowOrder(order, types));
        }
    }

    private void findPeers(RowOrder rowOrder) {
        EncodedKeys keys = new EncodedKeys();
        int size = end - start;
        int[] positions = new int[Math.min(CHUNK, size)];
        for (int done = 0; done < size; done += CHUNK) {
            pause.run();
            int count = Math.min(CHUNK, size - done);
            for (int i = 0; i < count; i++) {
                positions[i] = start + done + i;
            }
            rowOrder.encode(columns, Selection.of(positions, count), keys);
        }
        int from = 0;
        for (int i = 1; i <= size; i++) {
            if (i == size || keys.compare(i, from) != 0) {
                for (int row = from; row < i; row++) {
                    peerStart[row] = start + from;
                    peerEnd[row] = start + i;
                }
                from = i;
            }
        }
    }

    /** To be called for each step of a long loop; ends the task if it is to stop. */
    void step() {
        if (++steps % CHUNK == 0) {
            pause.run();
        }
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int size() {
        return end - start;
    }

    ColumnVector column(int index) {
        return columns[index];
    }

    List<SortKey> order() {
        return order;
    }

    /** The first peer of a row. */
    int peerStart(int row) {
        return peerStart[row - start];
    }

    /** One past the last peer of a row. */
    int peerEnd(int row) {
        return peerEnd[row - start];
    }
}
