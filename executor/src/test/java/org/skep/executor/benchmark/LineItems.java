package org.skep.executor.benchmark;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.plan.stage.ScanSplit;
import org.skep.storage.BatchFilter;
import org.skep.storage.BatchSource;
import org.skep.storage.FileStatistics;
import org.skep.storage.ScanRequest;
import org.skep.storage.ScanStatistics;
import org.skep.storage.Split;
import org.skep.storage.TableFormat;
import org.skep.storage.TableLayout;
import org.skep.storage.TableWriter;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** Order lines like those of TPC-H, as decoded batches in memory; each split reads all of them. */
final class LineItems implements TableFormat {
    static final DataType MONEY = new DecimalType(15, 2);
    static final List<DataType> TYPES =
            List.of(
                    DataType.STRING,
                    DataType.STRING,
                    MONEY,
                    MONEY,
                    MONEY,
                    MONEY,
                    DataType.DATE,
                    DataType.BIGINT);

    private static final int BATCH = 2048;

    private final List<ColumnVector[]> batches = new ArrayList<>();
    final int rows;

    LineItems(int batchCount, int orders) {
        Random random = new Random(1);
        rows = batchCount * BATCH;
        BytesVector flags = texts("A", "N", "R");
        BytesVector states = texts("F", "O");
        for (int batch = 0; batch < batchCount; batch++) {
            int[] flag = new int[BATCH];
            int[] state = new int[BATCH];
            long[] quantity = new long[BATCH];
            long[] price = new long[BATCH];
            long[] discount = new long[BATCH];
            long[] tax = new long[BATCH];
            long[] shipped = new long[BATCH];
            long[] order = new long[BATCH];
            for (int i = 0; i < BATCH; i++) {
                flag[i] = random.nextInt(3);
                state[i] = flag[i] == 1 && random.nextInt(20) > 0 ? 1 : 0;
                quantity[i] = 100L * (1 + random.nextInt(50));
                price[i] = 90_000L + random.nextInt(10_000_000);
                discount[i] = random.nextInt(11);
                tax[i] = random.nextInt(9);
                shipped[i] = 8036L + random.nextInt(2526);
                order[i] = 1L + random.nextInt(orders);
            }
            batches.add(
                    new ColumnVector[] {
                        new DictionaryVector(flags, 3, flag, false),
                        new DictionaryVector(states, 2, state, false),
                        money(quantity, 5_000),
                        money(price, 10_494_950),
                        money(discount, 10),
                        money(tax, 8),
                        new LongVector(DataType.DATE, shipped),
                        new LongVector(DataType.BIGINT, order)
                    });
        }
    }

    private static BytesVector texts(String... values) {
        BytesVector vector = new BytesVector(DataType.STRING, values.length);
        for (int i = 0; i < values.length; i++) {
            vector.set(i, values[i]);
        }
        return vector;
    }

    private static DecimalVector money(long[] values, long bound) {
        DecimalVector vector = new DecimalVector(MONEY, values);
        vector.setBound(bound);
        return vector;
    }

    List<ScanSplit> splits(int count) {
        List<ScanSplit> splits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            splits.add(
                    new ScanSplit(
                            1, 0, new Split("/x", 0, 1, 1, 0, List.of(), rows, List.of(), false)));
        }
        return splits;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String extension() {
        return "";
    }

    @Override
    public List<Split> splits(
            FileSystem fileSystem,
            FileStatus file,
            TableLayout layout,
            List<Datum> partitionValues,
            long targetBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileStatistics statistics(FileSystem fileSystem, FileStatus file, TableLayout layout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TableWriter create(
            FileSystem fileSystem,
            String path,
            TableLayout layout,
            ZoneId zone,
            MemoryPool memory) {
        throw new UnsupportedOperationException();
    }

    @Override
    public BatchSource open(FileSystem fileSystem, Split split, ScanRequest request) {
        return new BatchSource() {
            private int next;

            @Override
            public ColumnBatch next() {
                if (next == batches.size()) {
                    return null;
                }
                ColumnVector[] all = batches.get(next++);
                ColumnVector[] columns = new ColumnVector[request.columns().size()];
                for (int i = 0; i < columns.length; i++) {
                    columns[i] = all[request.columns().get(i).ordinal()];
                }
                Selection selection = Selection.all(BATCH);
                for (BatchFilter filter : request.filters()) {
                    int[] needed = filter.columns();
                    ColumnVector[] vectors = new ColumnVector[needed.length];
                    for (int i = 0; i < needed.length; i++) {
                        vectors[i] = columns[needed[i]];
                    }
                    selection = filter.apply(vectors, selection);
                }
                return new ColumnBatch(columns, selection);
            }

            @Override
            public ScanStatistics statistics() {
                return ScanStatistics.NONE;
            }

            @Override
            public void close() {
                next = batches.size();
            }
        };
    }
}
