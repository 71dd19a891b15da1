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
    private final ColumnVector[] columns;
    private final int start;
    private final int end;
    private final List<SortKey> order;
    private final int[] peerStart;
    private final int[] peerEnd;

    WindowPartition(
            ColumnVector[] columns, int start, int end, List<SortKey> order, List<DataType> types) {
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
        int[] positions = new int[end - start];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = start + i;
        }
        rowOrder.encode(columns, Selection.of(positions, positions.length), keys);
        int from = 0;
        for (int i = 1; i <= positions.length; i++) {
            if (i == positions.length || keys.compare(i, from) != 0) {
                for (int row = from; row < i; row++) {
                    peerStart[row] = start + from;
                    peerEnd[row] = start + i;
                }
                from = i;
            }
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
