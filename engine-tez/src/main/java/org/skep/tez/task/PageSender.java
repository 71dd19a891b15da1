package org.skep.tez.task;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.tez.runtime.library.api.KeyValueWriter;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.executor.exchange.ExchangeTarget;
import org.skep.types.DataType;
import org.skep.types.page.PageWriter;
import org.skep.types.vector.ColumnBatch;

/**
 * Sends batches over an edge of Tez: the key is the partition; the value is the sender's number and
 * the page's number within the partition, 4 bytes each, and the page. Tez does not keep the order
 * of unsorted records, which the numbers restore. Confined to one thread.
 */
final class PageSender implements ExchangeTarget {
    static final int HEADER_BYTES = 8;

    private final KeyValueWriter writer;
    private final List<DataType> types;
    private final PageWriter pages = new PageWriter(PageWriter.Compression.NONE);
    private final int[] sent;
    private final IntWritable key = new IntWritable();

    PageSender(KeyValueWriter writer, List<DataType> types, int partitions) {
        this.writer = writer;
        this.types = types;
        sent = new int[partitions];
    }

    @Override
    public List<DataType> types() {
        return types;
    }

    @Override
    public int partitions() {
        return sent.length;
    }

    @Override
    public void put(int sender, int partition, ColumnBatch batch) {
        byte[] page = pages.write(batch);
        byte[] value =
                ByteBuffer.allocate(HEADER_BYTES + page.length)
                        .putInt(sender)
                        .putInt(sent[partition]++)
                        .put(page)
                        .array();
        key.set(partition);
        try {
            writer.write(key, new BytesWritable(value));
        } catch (IOException e) {
            throw new SkepException(ErrorCode.IO_ERROR, "Cannot send rows: " + e.getMessage(), e);
        }
    }
}
