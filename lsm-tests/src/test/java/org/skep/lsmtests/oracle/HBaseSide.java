package org.skep.lsmtests.oracle;

import static org.skep.lsmtests.oracle.SkepSide.b;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.DoNotRetryIOException;
import org.apache.hadoop.hbase.client.Append;
import org.apache.hadoop.hbase.client.CheckAndMutate;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Durability;
import org.apache.hadoop.hbase.client.Get;
import org.apache.hadoop.hbase.client.Increment;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.client.Scan;
import org.apache.hadoop.hbase.regionserver.HRegion;
import org.apache.hadoop.hbase.regionserver.HStore;
import org.apache.hadoop.hbase.regionserver.RegionScanner;
import org.apache.hadoop.hbase.regionserver.compactions.CompactionContext;
import org.apache.hadoop.hbase.regionserver.throttle.NoLimitThroughputController;

/** A region of HBase's. */
final class HBaseSide implements Side {
    private final HRegion region;

    HBaseSide(HRegion region) {
        this.region = region;
    }

    @Override
    public String apply(Step step) throws IOException {
        try {
            return change(step);
        } catch (DoNotRetryIOException e) {
            return "refused";
        }
    }

    private String change(Step step) throws IOException {
        if (step instanceof Step.Mutate mutate) {
            Mutation mutation = mutation(mutate);
            if (mutation instanceof Put put) {
                region.put(put);
            } else {
                region.delete((Delete) mutation);
            }
        } else if (step instanceof Step.MutateRow row) {
            RowMutations mutations = new RowMutations(b(row.mutations().get(0).row()));
            for (Step.Mutate mutate : row.mutations()) {
                mutations.add(mutation(mutate));
            }
            region.mutateRow(mutations);
        } else if (step instanceof Step.Batch batch) {
            List<Mutation> mutations = batch.mutations().stream().map(HBaseSide::mutation).toList();
            region.batchMutate(mutations.toArray(new Mutation[0]));
        } else if (step instanceof Step.Increment increment) {
            return text(
                    region.increment(
                            new Increment(b(increment.row()))
                                    .addColumn(
                                            b(increment.family()),
                                            b(increment.qualifier()),
                                            increment.amount())
                                    .setDurability(Durability.SKIP_WAL)));
        } else if (step instanceof Step.Append append) {
            return text(
                    region.append(
                            new Append(b(append.row()))
                                    .addColumn(
                                            b(append.family()),
                                            b(append.qualifier()),
                                            b(append.value()))
                                    .setDurability(Durability.SKIP_WAL)));
        } else if (step instanceof Step.Check check) {
            return "" + check(check);
        } else if (step instanceof Step.Flush) {
            region.flush(true);
        } else if (step instanceof Step.Major) {
            joinAll();
        }
        return "done";
    }

    private boolean check(Step.Check check) throws IOException {
        CheckAndMutate.Builder builder =
                CheckAndMutate.newBuilder(b(check.row()))
                        .ifMatches(
                                b(check.family()),
                                b(check.qualifier()),
                                org.apache.hadoop.hbase.CompareOperator.valueOf(check.operator()),
                                check.value() == null ? null : b(check.value()));
        Mutation mutation = mutation(check.mutation());
        CheckAndMutate change =
                mutation instanceof Put put ? builder.build(put) : builder.build((Delete) mutation);
        return region.checkAndMutate(change).isSuccess();
    }

    private static Mutation mutation(Step.Mutate mutate) {
        if (mutate.put()) {
            Put put = new Put(b(mutate.row())).setDurability(Durability.SKIP_WAL);
            for (Step.Part part : mutate.parts()) {
                put.addColumn(
                        b(part.family()), b(part.qualifier()), part.timestamp(), b(part.value()));
            }
            return mutate.ttl() > 0 ? put.setTTL(mutate.ttl()) : put;
        }
        Delete delete =
                new Delete(b(mutate.row()), mutate.timestamp()).setDurability(Durability.SKIP_WAL);
        for (Step.Part part : mutate.parts()) {
            byte[] family = b(part.family());
            byte[] qualifier = b(part.qualifier());
            switch (part.marker()) {
                case VERSION -> delete.addColumn(family, qualifier, part.timestamp());
                case COLUMN -> delete.addColumns(family, qualifier, part.timestamp());
                case FAMILY -> delete.addFamily(family, part.timestamp());
                case FAMILY_VERSION -> delete.addFamilyVersion(family, part.timestamp());
            }
        }
        return delete;
    }

    /** Joins the files of each family; without files the wish would stay for the next time. */
    private void joinAll() throws IOException {
        for (HStore store : region.getStores()) {
            if (store.getStorefilesCount() > 0) {
                store.triggerMajorCompaction();
                Optional<CompactionContext> context = store.requestCompaction();
                if (context.isPresent()) {
                    region.compact(context.get(), store, NoLimitThroughputController.INSTANCE);
                }
            }
        }
    }

    /** Joins the files of each family that the other store has joined, by their places. */
    void join(Map<String, ChosenFiles.Range> ranges) throws IOException {
        for (Map.Entry<String, ChosenFiles.Range> entry : ranges.entrySet()) {
            HStore store = region.getStore(b(entry.getKey()));
            ChosenFiles.choose(entry.getValue());
            CompactionContext context =
                    store.requestCompaction().orElseThrow(() -> new IllegalStateException("busy"));
            region.compact(context, store, NoLimitThroughputController.INSTANCE);
        }
    }

    private static Scan scan(Question question) throws IOException {
        Scan scan = new Scan().setReversed(question.reversed()).setRaw(question.raw());
        if (question.start() != null) {
            scan.withStartRow(b(question.start()), question.startIncluded());
        }
        if (question.stop() != null) {
            scan.withStopRow(b(question.stop()), question.stopIncluded());
        }
        for (String column : question.columns()) {
            int colon = column.indexOf(':');
            if (colon < 0) {
                scan.addFamily(b(column));
            } else {
                scan.addColumn(b(column.substring(0, colon)), b(column.substring(colon + 1)));
            }
        }
        if (question.versions() == 0) {
            scan.readAllVersions();
        } else {
            scan.readVersions(question.versions());
        }
        if (question.to() > 0) {
            scan.setTimeRange(question.from(), question.to());
        }
        if (question.limit() > 0) {
            scan.setMaxResultsPerColumnFamily(question.limit());
            scan.setRowOffsetPerColumnFamily(question.offset());
        }
        if (question.batch() > 0) {
            scan.setBatch(question.batch());
        }
        if (question.filter() != null) {
            scan.setFilter(question.filter().hbase().get());
        }
        return scan;
    }

    private static Get get(Question question) throws IOException {
        Get get = new Get(b(question.row()));
        // Else it finds no row if the only family that a filter needs is not asked for.
        get.setLoadColumnFamiliesOnDemand(false);
        for (String column : question.columns()) {
            int colon = column.indexOf(':');
            if (colon < 0) {
                get.addFamily(b(column));
            } else {
                get.addColumn(b(column.substring(0, colon)), b(column.substring(colon + 1)));
            }
        }
        if (question.versions() == 0) {
            get.readAllVersions();
        } else {
            get.readVersions(question.versions());
        }
        if (question.to() > 0) {
            get.setTimeRange(question.from(), question.to());
        }
        if (question.limit() > 0) {
            get.setMaxResultsPerColumnFamily(question.limit());
            get.setRowOffsetPerColumnFamily(question.offset());
        }
        if (question.filter() != null) {
            get.setFilter(question.filter().hbase().get());
        }
        return get;
    }

    @Override
    public List<String> ask(Question question) throws IOException {
        if (question.row() != null) {
            Result result = region.get(get(question));
            return result.isEmpty() ? List.of() : List.of(text(result));
        }
        try (Rows rows = new Rows(region.getScanner(scan(question)))) {
            return rows.read(Integer.MAX_VALUE);
        }
    }

    @Override
    public Reading begin(Question question) throws IOException {
        return new Rows(region.getScanner(scan(question)));
    }

    private static final class Rows implements Reading {
        private final RegionScanner scanner;
        private boolean more = true;

        Rows(RegionScanner scanner) {
            this.scanner = scanner;
        }

        @Override
        public List<String> read(int count) throws IOException {
            List<String> read = new ArrayList<>();
            while (more && read.size() < count) {
                List<Cell> cells = new ArrayList<>();
                more = scanner.next(cells);
                if (!cells.isEmpty()) {
                    read.add(text(cells));
                }
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            scanner.close();
        }
    }

    private static String text(Result result) {
        return text(List.of(result.rawCells()));
    }

    private static String text(List<Cell> cells) {
        StringBuilder text = new StringBuilder();
        for (Cell cell : cells) {
            text.append(text.isEmpty() ? "" : " ").append(text(cell));
        }
        return text.toString();
    }

    private static String text(Cell cell) {
        String marker =
                switch (cell.getType()) {
                    case Put -> "";
                    case Delete -> "DELETE";
                    case DeleteColumn -> "DELETE_COLUMN";
                    case DeleteFamily -> "DELETE_FAMILY";
                    case DeleteFamilyVersion -> "DELETE_FAMILY_VERSION";
                };
        return Texts.cell(
                CellUtil.cloneRow(cell),
                CellUtil.cloneFamily(cell),
                CellUtil.cloneQualifier(cell),
                cell.getTimestamp(),
                marker,
                CellUtil.cloneValue(cell));
    }

    @Override
    public void close() {}
}
