package org.skep.executor.task;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.skep.plan.stage.TaskReport;

/**
 * What an operator did, summed over the tasks of its stage. Safe for use by many threads.
 *
 * <p>Operators are numbered within a stage as a walk of the plan meets them, each before its
 * inputs, inputs from left to right.
 */
public final class OperatorStatistics {
    private final String stage;
    private final int index;
    private final String name;
    private final LongAdder rows = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder spilledBytes = new LongAdder();
    private final LongAdder bytesRead = new LongAdder();
    private final LongAdder rowsRead = new LongAdder();
    private final LongAdder unitsRead = new LongAdder();
    private final LongAdder unitsSkipped = new LongAdder();
    private final AtomicLong memory = new AtomicLong();
    private final LongAccumulator peakMemory = new LongAccumulator(Math::max, 0);

    /** Statistics of the operator at {@code index} of a stage. */
    public OperatorStatistics(String stage, int index, String name) {
        this.stage = stage;
        this.index = index;
        this.name = name;
    }

    /** The name of the stage. */
    public String stage() {
        return stage;
    }

    /** The number within the stage. */
    public int index() {
        return index;
    }

    /** The operator's name, as EXPLAIN shows it. */
    public String name() {
        return name;
    }

    /** Rows that came out. */
    public long rows() {
        return rows.sum();
    }

    /** Batches that came out. */
    public long batches() {
        return batches.sum();
    }

    /** Nanoseconds of all tasks, those of its inputs included. */
    public long nanos() {
        return nanos.sum();
    }

    /** The most bytes that it held in memory at once. */
    public long peakMemory() {
        return peakMemory.get();
    }

    /** Bytes written to disk for want of memory. */
    public long spilledBytes() {
        return spilledBytes.sum();
    }

    /** Bytes that a scan read. */
    public long bytesRead() {
        return bytesRead.sum();
    }

    /** Rows that a scan decoded before filters. */
    public long rowsRead() {
        return rowsRead.sum();
    }

    /** Row groups or files that a scan read. */
    public long unitsRead() {
        return unitsRead.sum();
    }

    /** Row groups or files that a scan skipped. */
    public long unitsSkipped() {
        return unitsSkipped.sum();
    }

    /** Counts a batch that came out. */
    public void addBatch(long rowCount, long time) {
        rows.add(rowCount);
        batches.increment();
        nanos.add(time);
    }

    /** Counts time alone. */
    public void addTime(long time) {
        nanos.add(time);
    }

    /** Counts bytes written to disk. */
    public void addSpilled(long bytes) {
        spilledBytes.add(bytes);
    }

    /** Counts what a scan did. */
    public void addScan(org.skep.storage.ScanStatistics scan) {
        bytesRead.add(scan.bytesRead());
        rowsRead.add(scan.rowsRead());
        unitsRead.add(scan.unitsRead());
        unitsSkipped.add(scan.unitsSkipped());
    }

    void addMemory(long bytes) {
        peakMemory.accumulate(memory.addAndGet(bytes));
    }

    /** The counts as they are now. */
    public TaskReport.Operator counts() {
        return new TaskReport.Operator(
                index,
                name,
                rows(),
                batches(),
                nanos(),
                peakMemory(),
                spilledBytes(),
                bytesRead(),
                rowsRead(),
                unitsRead(),
                unitsSkipped());
    }

    /** Adds what the same operator did in a task elsewhere. */
    public void add(TaskReport.Operator counts) {
        rows.add(counts.rows());
        batches.add(counts.batches());
        nanos.add(counts.nanos());
        peakMemory.accumulate(counts.peakMemory());
        spilledBytes.add(counts.spilledBytes());
        bytesRead.add(counts.bytesRead());
        rowsRead.add(counts.rowsRead());
        unitsRead.add(counts.unitsRead());
        unitsSkipped.add(counts.unitsSkipped());
    }
}
