package org.skep.executor.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileSystem;
import org.skep.executor.group.GroupTable;
import org.skep.executor.operator.Operator;
import org.skep.executor.task.OperatorStatistics;
import org.skep.executor.task.TaskContext;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.cast.Casts;
import org.skep.plan.node.WriteTarget;
import org.skep.storage.TableFormat;
import org.skep.storage.TableWriter;
import org.skep.storage.WrittenFile;
import org.skep.types.DataType;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * Writes all rows to files below the task's own staging directory, a directory for each combination
 * of dynamic partition values. Produces no rows. Confined to one thread. Files of a task that fails
 * are not told of; those that were open are deleted by their writers.
 */
public final class TableWriteOperator extends Operator {
    private static final int MOST_OPEN = 64;
    private static final long ROLL_BYTES = 256L << 20;

    private final TaskContext task;
    private final Operator input;
    private final WriteTarget target;
    private final Consumer<WrittenFile> written;
    private final TableFormat format;
    private final FileSystem fileSystem;
    private final String directory;
    private final int columns;
    private final GroupTable partitions;
    private final List<String[]> partitionValues = new ArrayList<>();
    // Different keys may share a directory: NULL and the empty string do. The first one stands for
    // all.
    private final Map<List<String>, Integer> directoryOf = new HashMap<>();
    private final List<Integer> directories = new ArrayList<>();
    // In order of use, the least recently used first.
    private final Map<Integer, TableWriter> open = new LinkedHashMap<>(16, 0.75f, true);
    private final List<Integer> filesOf = new ArrayList<>();
    private final List<WrittenFile> files = new ArrayList<>();
    private int[] groups = new int[0];
    private boolean done;

    /** Writes the rows of {@code input}, and then tells {@code written} of each file. */
    public TableWriteOperator(
            OperatorStatistics statistics,
            TaskContext task,
            Operator input,
            WriteTarget target,
            Consumer<WrittenFile> written) {
        super(statistics);
        this.task = task;
        this.input = input;
        this.target = target;
        this.written = written;
        format = task.services().formats().named(target.layout().format());
        fileSystem = task.services().fileSystems().of(target.stagingDirectory());
        directory = target.stagingDirectory() + "/" + task.attempt();
        columns = target.layout().columns().size();
        partitions =
                target.dynamicPartitionTypes().isEmpty()
                        ? null
                        : GroupTable.of(target.dynamicPartitionTypes());
    }

    @Override
    protected ColumnBatch pull() {
        if (done) {
            return null;
        }
        for (ColumnBatch batch = input.next(); batch != null; batch = input.next()) {
            task.checkStopped();
            if (partitions == null) {
                write(0, batch.columns(), batch.selection());
            } else {
                writePartitions(batch);
            }
        }
        for (Integer partition : List.copyOf(open.keySet())) {
            finish(partition);
        }
        done = true;
        input.close();
        files.forEach(written);
        return null;
    }

    private void writePartitions(ColumnBatch batch) {
        int count = batch.rowCount();
        if (groups.length < count) {
            groups = new int[count];
        }
        ColumnVector[] keys = Arrays.copyOfRange(batch.columns(), columns, batch.columnCount());
        int known = partitions.count();
        partitions.assign(keys, batch.selection(), groups);
        for (int partition = known; partition < partitions.count(); partition++) {
            String[] values = values(partition);
            partitionValues.add(values);
            directories.add(directoryOf.merge(Arrays.asList(values), partition, (a, b) -> a));
        }
        for (int k = 0; k < count; k++) {
            groups[k] = directories.get(groups[k]);
        }
        int[] rows = new int[partitions.count()];
        for (int k = 0; k < count; k++) {
            rows[groups[k]]++;
        }
        int[][] positions = new int[rows.length][];
        int[] filled = new int[rows.length];
        for (int k = 0; k < count; k++) {
            int group = groups[k];
            if (positions[group] == null) {
                positions[group] = new int[rows[group]];
            }
            positions[group][filled[group]++] = batch.selection().position(k);
        }
        for (int partition = 0; partition < rows.length; partition++) {
            if (rows[partition] > 0) {
                write(
                        partition,
                        batch.columns(),
                        Selection.of(positions[partition], rows[partition]));
            }
        }
    }

    private String[] values(int partition) {
        List<DataType> types = target.dynamicPartitionTypes();
        String[] values = new String[types.size()];
        for (int i = 0; i < values.length; i++) {
            ColumnVector key = ColumnVector.create(types.get(i), 1);
            key.copyOne(partitions.keys().column(i), partition, 0);
            String text = key.isNull(0) ? "" : text(key);
            values[i] = text.isEmpty() ? null : text;
        }
        return values;
    }

    private String text(ColumnVector key) {
        if (key instanceof BytesVector bytes) {
            return bytes.stringAt(0);
        }
        ScalarKernel cast = Casts.kernel(key.type(), DataType.STRING);
        BytesVector out = new BytesVector(DataType.STRING, 1);
        cast.evaluate(new ColumnVector[] {key}, Selection.all(1), out, task.eval());
        return out.isNull(0) ? "" : out.stringAt(0);
    }

    private void write(int partition, ColumnVector[] vectors, Selection selection) {
        TableWriter writer = open.get(partition);
        if (writer == null) {
            writer = open(partition);
        }
        writer.write(
                new ColumnBatch(
                        vectors.length == columns ? vectors : Arrays.copyOf(vectors, columns),
                        selection));
        if (writer.bytesSoFar() > ROLL_BYTES) {
            finish(partition);
        }
    }

    private TableWriter open(int partition) {
        if (open.size() >= MOST_OPEN) {
            finish(open.keySet().iterator().next());
        }
        while (filesOf.size() <= partition) {
            filesOf.add(0);
        }
        int number = filesOf.get(partition);
        filesOf.set(partition, number + 1);
        String place = directory;
        if (partitions != null) {
            String[] values = partitionValues.get(partition);
            for (int i = 0; i < values.length; i++) {
                place +=
                        "/"
                                + PartitionPath.segment(
                                        target.dynamicPartitionNames().get(i),
                                        values[i],
                                        target.defaultPartitionName());
            }
        }
        fileSystem.createDirectories(place);
        Crash.point("write.open");
        String path = "%s/%06d_%d%s".formatted(place, task.task(), number, format.extension());
        TableWriter writer =
                format.create(
                        fileSystem,
                        path,
                        target.layout(),
                        task.eval().zone(),
                        task.services().memory());
        open.put(partition, writer);
        return writer;
    }

    private void finish(int partition) {
        try (TableWriter writer = open.get(partition)) {
            WrittenFile file = writer.finish();
            Crash.point("write.finish");
            List<String> values = new ArrayList<>(target.staticPartitionValues());
            if (partitions != null) {
                values.addAll(Arrays.asList(partitionValues.get(partition)));
            }
            files.add(
                    new WrittenFile(
                            file.stagedPath(),
                            values,
                            file.rowCount(),
                            file.byteCount(),
                            file.rawBytes(),
                            file.statistics()));
        } finally {
            open.remove(partition);
        }
    }

    @Override
    public void close() {
        done = true;
        SkepException failure = null;
        for (TableWriter writer : open.values()) {
            try {
                writer.close();
            } catch (SkepException e) {
                failure = e;
            }
        }
        open.clear();
        input.close();
        if (failure != null && failure.code() != ErrorCode.CANCELLED) {
            throw failure;
        }
    }
}
