package org.skep.lsmtests.oracle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.SkepException;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.io.FileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.base.time.Clock;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.filter.CompareOperator;
import org.skep.lsm.operation.Append;
import org.skep.lsm.operation.CheckAndMutate;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Increment;
import org.skep.lsm.operation.Mutation;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Query;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.RowMutations;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.operation.TimeRange;
import org.skep.lsm.region.Manifest;
import org.skep.lsm.region.Region;
import org.skep.lsm.region.RegionOptions;
import org.skep.lsm.region.RegionServices;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.wal.Mvcc;

/** A region of ours, its files in memory. */
final class SkepSide implements Side {
    private static final byte[] NONE = {};

    private final MemoryPool memory = MemoryPool.root("oracle", 512L << 20);
    private final BlockCache cache = new BlockCache(16 << 20, memory);
    private final TableDescriptor table;
    private final Clock clock;
    private final RegionOptions options;
    private final FileSystem files;
    private RegionServices services;
    private Region region;
    private long epoch = 1;

    SkepSide(TableDescriptor table, Clock clock, RegionOptions options) {
        this(table, clock, options, new FaultyFileSystem("/store"));
    }

    SkepSide(TableDescriptor table, Clock clock, RegionOptions options, FileSystem files) {
        this.table = table;
        this.clock = clock;
        this.options = options;
        this.files = files;
        files.createDirectories("/store");
        open();
    }

    private void open() {
        services =
                RegionServices.open(
                        files, "/store", clock, options, memory, cache, files::delete, epoch++);
        RegionInfo info = new RegionInfo(table.name(), NONE, NONE, 1);
        region = Region.open(services, info, table, "/store/" + info.encodedName());
    }

    /** Ends and opens the region again; what was in memory comes from the log. */
    void reopen() {
        region.abandon();
        services.close();
        open();
    }

    Region region() {
        return region;
    }

    static byte[] b(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    Manifest manifest() {
        return region.manifest();
    }

    @Override
    public String apply(Step step) {
        try {
            return change(step);
        } catch (SkepException e) {
            if (e.code().name().equals("INTERNAL") || e.code().name().equals("CORRUPT_FILE")) {
                throw e;
            }
            return "refused";
        }
    }

    private String change(Step step) {
        if (step instanceof Step.Mutate mutate) {
            region.put(mutation(mutate));
        } else if (step instanceof Step.MutateRow row) {
            region.mutateRow(together(row));
        } else if (step instanceof Step.Batch batch) {
            region.batch(batch.mutations().stream().<Mutation<?>>map(SkepSide::mutation).toList());
        } else if (step instanceof Step.Increment increment) {
            return text(
                    region.increment(
                            new Increment(b(increment.row()))
                                    .add(
                                            b(increment.family()),
                                            b(increment.qualifier()),
                                            increment.amount())));
        } else if (step instanceof Step.Append append) {
            return text(
                    region.append(
                            new Append(b(append.row()))
                                    .add(
                                            b(append.family()),
                                            b(append.qualifier()),
                                            b(append.value()))));
        } else if (step instanceof Step.Check check) {
            return "" + region.checkAndMutate(condition(check));
        } else if (step instanceof Step.Flush) {
            region.flush();
        } else if (step instanceof Step.Compact) {
            region.compact();
        } else if (step instanceof Step.Major) {
            region.majorCompact();
        }
        return "done";
    }

    private static RowMutations together(Step.MutateRow row) {
        RowMutations mutations = new RowMutations(b(row.mutations().get(0).row()));
        row.mutations().forEach(mutation -> mutations.add(mutation(mutation)));
        return mutations;
    }

    private static CheckAndMutate condition(Step.Check check) {
        return CheckAndMutate.of(b(check.row()))
                .ifMatches(
                        b(check.family()),
                        b(check.qualifier()),
                        CompareOperator.valueOf(check.operator()),
                        check.value() == null ? null : b(check.value()))
                .then(mutation(check.mutation()));
    }

    private static Mutation<?> mutation(Step.Mutate mutate) {
        if (mutate.put()) {
            Put put = new Put(b(mutate.row()));
            for (Step.Part part : mutate.parts()) {
                put.add(b(part.family()), b(part.qualifier()), part.timestamp(), b(part.value()));
            }
            return mutate.ttl() > 0 ? put.ttl(mutate.ttl()) : put;
        }
        Delete delete = new Delete(b(mutate.row()), mutate.timestamp());
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

    private static <Q extends Query<Q>> Q common(Q query, Question question) {
        for (String column : question.columns()) {
            int colon = column.indexOf(':');
            if (colon < 0) {
                query.addFamily(b(column));
            } else {
                query.addColumn(b(column.substring(0, colon)), b(column.substring(colon + 1)));
            }
        }
        if (question.versions() == 0) {
            query.readAllVersions();
        } else {
            query.readVersions(question.versions());
        }
        if (question.to() > 0) {
            query.timeRange(new TimeRange(question.from(), question.to()));
        }
        if (question.limit() > 0) {
            query.maxCellsPerFamily(question.limit()).cellOffsetPerFamily(question.offset());
        }
        return question.filter() == null ? query : query.filter(question.filter().ours());
    }

    private static Scan scan(Question question) {
        Scan scan = new Scan().reversed(question.reversed()).raw(question.raw());
        if (question.start() != null) {
            scan.startRow(b(question.start()), question.startIncluded());
        }
        if (question.stop() != null) {
            scan.stopRow(b(question.stop()), question.stopIncluded());
        }
        if (question.batch() > 0) {
            scan.batch(question.batch());
        }
        return common(scan, question);
    }

    @Override
    public List<String> ask(Question question) throws IOException {
        if (question.row() != null) {
            Result result = region.get(common(new Get(b(question.row())), question));
            return result.isEmpty() ? List.of() : List.of(text(result));
        }
        try (Reading reading = begin(question)) {
            return reading.read(Integer.MAX_VALUE);
        }
    }

    /** Pins the read point too, so that flushes and compactions keep what HBase's keep. */
    @Override
    public Reading begin(Question question) {
        Mvcc.Pin pin = services.mvcc().pin();
        Region.Rows rows = region.scanner(scan(question));
        return new Reading() {
            @Override
            public List<String> read(int count) {
                List<String> read = new ArrayList<>();
                while (read.size() < count) {
                    Result result = rows.next();
                    if (result == null) {
                        break;
                    }
                    read.add(text(result));
                }
                return read;
            }

            @Override
            public void close() {
                rows.close();
                pin.close();
            }
        };
    }

    private static String text(Result result) {
        StringBuilder text = new StringBuilder();
        for (Cell cell : result.cells()) {
            text.append(text.isEmpty() ? "" : " ").append(text(cell));
        }
        return text.toString();
    }

    private static String text(Cell cell) {
        return Texts.cell(
                cell.row(),
                cell.family(),
                cell.qualifier(),
                cell.timestamp(),
                cell.type() == CellType.PUT ? "" : cell.type().name(),
                cell.value());
    }

    @Override
    public void close() {
        region.close();
        services.close();
        cache.close();
    }
}
