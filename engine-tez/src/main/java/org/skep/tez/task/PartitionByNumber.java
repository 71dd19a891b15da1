package org.skep.tez.task;

import org.apache.hadoop.io.IntWritable;
import org.apache.tez.runtime.library.api.Partitioner;

/** Sends a page to the partition that its key names. Stateless. */
public final class PartitionByNumber implements Partitioner {
    @Override
    public int getPartition(Object key, Object value, int partitions) {
        return ((IntWritable) key).get();
    }
}
