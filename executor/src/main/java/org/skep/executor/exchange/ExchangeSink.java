package org.skep.executor.exchange;

import java.util.List;
import org.skep.executor.vector.RowBuffer;
import org.skep.plan.stage.StageOutput;
import org.skep.types.hash.PartitionHash;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.Selection;

/** Deals the rows of one task out to the partitions of an exchange. Confined to one thread. */
public final class ExchangeSink {
    private final ExchangeTarget exchange;
    private final int sender;
    private final List<Integer> keys;
    private final boolean roundRobin;
    private final int batchRows;
    private final RowBuffer[] buffers;
    private int next;
    private long[] hashes = new long[0];
    private int[][] positions = new int[0][];
    private int[] counts;

    /** A sink for task {@code sender} of a stage with this output. */
    public ExchangeSink(ExchangeTarget exchange, int sender, StageOutput output, int batchRows) {
        this.exchange = exchange;
        this.sender = sender;
        this.batchRows = batchRows;
        keys = output instanceof StageOutput.Hash hash ? hash.keys() : null;
        roundRobin = output instanceof StageOutput.RoundRobin;
        buffers = new RowBuffer[exchange.partitions()];
        counts = new int[buffers.length];
        next = sender % buffers.length;
    }

    /** Sends the rows of a batch. */
    public void write(ColumnBatch batch) {
        if (buffers.length == 1) {
            append(0, batch.columns(), batch.selection());
        } else if (keys != null) {
            deal(batch);
        } else if (roundRobin) {
            append(next, batch.columns(), batch.selection());
            next = (next + 1) % buffers.length;
        } else {
            throw new IllegalStateException("Rows cannot be gathered by several tasks");
        }
    }

    private void deal(ColumnBatch batch) {
        Selection selection = batch.selection();
        int count = selection.count();
        if (hashes.length < count) {
            hashes = new long[count];
            positions = new int[buffers.length][count];
        }
        PartitionHash.hash(batch.columns(), keys, selection, hashes);
        java.util.Arrays.fill(counts, 0);
        for (int k = 0; k < count; k++) {
            int partition = PartitionHash.partition(hashes[k], buffers.length);
            positions[partition][counts[partition]++] = selection.position(k);
        }
        for (int i = 0; i < buffers.length; i++) {
            if (counts[i] > 0) {
                append(i, batch.columns(), Selection.of(positions[i], counts[i]));
            }
        }
    }

    private void append(
            int partition, org.skep.types.vector.ColumnVector[] columns, Selection selection) {
        RowBuffer buffer = buffers[partition];
        if (buffer != null && buffer.rows() + selection.count() > batchRows) {
            flush(partition);
            buffer = null;
        }
        if (buffer == null) {
            buffer = new RowBuffer(exchange.types());
            buffers[partition] = buffer;
        }
        buffer.append(columns, selection);
    }

    private void flush(int partition) {
        RowBuffer buffer = buffers[partition];
        if (buffer != null && buffer.rows() > 0) {
            exchange.put(sender, partition, ColumnBatch.dense(buffer.columns(), buffer.rows()));
        }
        buffers[partition] = null;
    }

    /** Sends what is still held back. */
    public void finish() {
        for (int i = 0; i < buffers.length; i++) {
            flush(i);
        }
    }
}
