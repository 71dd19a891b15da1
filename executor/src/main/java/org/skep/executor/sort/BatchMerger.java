package org.skep.executor.sort;

import java.util.List;
import java.util.function.Supplier;
import org.skep.types.DataType;
import org.skep.types.key.EncodedKeys;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;

/**
 * Merges sorted streams of rows into one; on equal keys the earlier stream goes first. Confined to
 * one thread.
 */
public final class BatchMerger {
    private final List<DataType> types;
    private final int batchRows;
    private final Cursor[] heap;
    private int size;

    /**
     * Merges streams, each of which answers its next batch, or null at the end. A stream's batch is
     * used until its next one is asked for.
     */
    public BatchMerger(
            List<Supplier<ColumnBatch>> streams,
            List<DataType> types,
            RowOrder order,
            int batchRows) {
        this.types = types;
        this.batchRows = batchRows;
        heap = new Cursor[streams.size()];
        for (int i = 0; i < streams.size(); i++) {
            Cursor cursor = new Cursor(i, streams.get(i), order);
            if (cursor.load()) {
                heap[size++] = cursor;
            }
        }
        for (int i = size / 2 - 1; i >= 0; i--) {
            sink(i);
        }
    }

    /** A stream and where in it we are. */
    private static final class Cursor {
        private final int number;
        private final Supplier<ColumnBatch> stream;
        private final RowOrder order;
        private final EncodedKeys keys = new EncodedKeys();
        private ColumnBatch batch;
        private int at;

        Cursor(int number, Supplier<ColumnBatch> stream, RowOrder order) {
            this.number = number;
            this.stream = stream;
            this.order = order;
        }

        boolean load() {
            do {
                batch = stream.get();
            } while (batch != null && batch.rowCount() == 0);
            at = 0;
            keys.clear();
            if (batch != null) {
                order.encode(batch.columns(), batch.selection(), keys);
            }
            return batch != null;
        }

        boolean isBefore(Cursor other) {
            int comparison = keys.compare(at, other.keys, other.at);
            return comparison != 0 ? comparison < 0 : number < other.number;
        }
    }

    private void sink(int index) {
        int parent = index;
        Cursor moved = heap[parent];
        while (true) {
            int child = 2 * parent + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (!heap[child].isBefore(moved)) {
                break;
            }
            heap[parent] = heap[child];
            parent = child;
        }
        heap[parent] = moved;
    }

    /** The next merged batch, with new vectors, or null at the end. */
    public ColumnBatch next() {
        if (size == 0) {
            return null;
        }
        ColumnVector[] out = ColumnBatch.vectors(types, batchRows);
        int rows = 0;
        int[] run = new int[batchRows];
        while (rows < batchRows && size > 0) {
            Cursor head = heap[0];
            int count = 0;
            boolean moved = false;
            // Take rows from the head stream while it stays the head.
            while (rows + count < batchRows) {
                run[count++] = head.batch.selection().position(head.at++);
                if (head.at == head.batch.rowCount() || !staysHead(head)) {
                    moved = true;
                    break;
                }
            }
            for (int i = 0; i < out.length; i++) {
                out[i].copyFrom(head.batch.column(i), run, 0, count, rows);
            }
            rows += count;
            if (moved) {
                advance(head);
            }
        }
        return ColumnBatch.dense(out, rows);
    }

    private boolean staysHead(Cursor head) {
        return (size < 2 || head.isBefore(heap[1])) && (size < 3 || head.isBefore(heap[2]));
    }

    private void advance(Cursor head) {
        if (head.at == head.batch.rowCount() && !head.load()) {
            heap[0] = heap[--size];
            heap[size] = null;
        }
        if (size > 0) {
            sink(0);
        }
    }
}
