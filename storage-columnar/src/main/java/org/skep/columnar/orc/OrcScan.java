package org.skep.columnar.orc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.hive.ql.exec.vector.VectorizedRowBatch;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.orc.StripeInformation;
import org.apache.orc.StripeStatistics;
import org.apache.orc.TypeDescription;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;
import org.skep.storage.BatchFilter;
import org.skep.storage.BatchSource;
import org.skep.storage.ScanColumn;
import org.skep.storage.ScanRequest;
import org.skep.storage.ScanStatistics;
import org.skep.storage.Split;
import org.skep.types.TypeKind;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.Selection;

/**
 * Reads the stripes of a split. Stripes that cannot match are not touched; within a batch, the
 * columns of the scan's conditions are converted first, and the others only for the rows that pass.
 * Confined to one thread.
 */
final class OrcScan implements BatchSource {
    private final ScanRequest request;
    private final OrcSource source;
    private final List<Integer> stripes = new ArrayList<>();
    private final List<StripeStatistics> statistics;
    private final StripeFilter filter;
    private final ValueReader values;
    // By column of the scan: the field of the file or -1, and how the library reads it.
    private final int[] fields;
    private final TypeDescription[] types;
    private final ColumnVector[] owned;
    private final ColumnVector[] vectors;
    private final TypeDescription schema;
    private final boolean[] include;
    private final VectorizedRowBatch batch;

    private RecordReader rows;
    private int nextStripe;
    private long reserved;
    private long rowsRead;
    private long unitsRead;
    private long unitsSkipped;

    private OrcScan(OrcSource source, Split split, ScanRequest request) {
        this.request = request;
        this.source = source;
        Reader reader = source.reader();
        List<StripeInformation> all = reader.getStripes();
        for (int i = 0; i < all.size(); i++) {
            long offset = all.get(i).getOffset();
            if (offset >= split.offset() && offset < split.offset() + split.length()) {
                stripes.add(i);
            }
        }
        boolean ranges =
                !request.ranges().isEmpty()
                        || request.runtimeFilter() != org.skep.storage.RuntimeFilter.NONE;
        statistics = ranges ? source.guarded(reader::getStripeStatistics) : List.of();
        filter = new StripeFilter(request);
        values = new ValueReader(request.zone());
        int count = request.columns().size();
        fields = new int[count];
        types = new TypeDescription[count];
        owned = new ColumnVector[count];
        vectors = new ColumnVector[count];
        schema = bind(reader.getSchema());
        include = new boolean[schema.getMaximumId() + 1];
        include[0] = true;
        batch = new VectorizedRowBatch(schema.getChildren().size(), request.batchRows());
        TypeDescription wanted = TypeDescription.createStruct();
        for (int i = 0; i < count; i++) {
            if (fields[i] >= 0) {
                Arrays.fill(include, types[i].getId(), types[i].getMaximumId() + 1, true);
                wanted.addField("c" + i, types[i].clone());
            }
        }
        allocate(wanted);
    }

    // The file's columns, the wanted ones with the types that are wanted.
    private TypeDescription bind(TypeDescription file) {
        TypeDescription bound = TypeDescription.createStruct();
        TypeDescription[] read = new TypeDescription[file.getChildren().size()];
        for (int i = 0; i < fields.length; i++) {
            ScanColumn column = request.columns().get(i);
            boolean nothing = column.type().kind() == TypeKind.VOID;
            fields[i] =
                    nothing ? -1 : source.field(request.layout(), column.ordinal(), column.name());
            if (fields[i] >= 0) {
                read[fields[i]] = OrcTypes.readAs(file.getChildren().get(fields[i]), column.type());
            }
        }
        for (int i = 0; i < read.length; i++) {
            TypeDescription type = read[i] == null ? file.getChildren().get(i).clone() : read[i];
            bound.addField(file.getFieldNames().get(i), type);
        }
        for (int i = 0; i < fields.length; i++) {
            types[i] = fields[i] < 0 ? null : bound.getChildren().get(fields[i]);
        }
        return bound;
    }

    // The library's vectors of the wanted columns, and ours.
    private void allocate(TypeDescription wanted) {
        VectorizedRowBatch made =
                wanted.createRowBatch(
                        TypeDescription.RowBatchVersion.USE_DECIMAL64, request.batchRows());
        int next = 0;
        for (int i = 0; i < fields.length; i++) {
            owned[i] = ColumnVector.create(request.columns().get(i).type(), request.batchRows());
            if (fields[i] >= 0) {
                batch.cols[fields[i]] = made.cols[next++];
            } else {
                ColumnVector one = ColumnVector.create(request.columns().get(i).type(), 1);
                one.setNull(0);
                owned[i] = new ConstantVector(one);
            }
        }
    }

    /** Opens the stripes that begin in the split. */
    static OrcScan open(FileSystem fileSystem, Split split, ScanRequest request) {
        OrcSource source = OrcSource.open(fileSystem, split.path());
        try {
            return source.guarded(() -> new OrcScan(source, split, request));
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    @Override
    public ColumnBatch next() {
        while (true) {
            if (rows == null && !openStripe()) {
                return null;
            }
            request.cancelFlag().check();
            boolean more = source.guarded(() -> rows.nextBatch(batch));
            if (!more) {
                closeStripe();
                continue;
            }
            rowsRead += batch.size;
            ColumnBatch read = source.guarded(this::convert);
            if (read != null) {
                return read;
            }
        }
    }

    private boolean openStripe() {
        while (nextStripe < stripes.size()) {
            int index = stripes.get(nextStripe++);
            StripeInformation stripe = source.reader().getStripes().get(index);
            if (stripe.getNumberOfRows() == 0) {
                continue;
            }
            if (!filter.mayMatch(stripe.getNumberOfRows(), c -> known(stripe, index, c))) {
                unitsSkipped++;
                continue;
            }
            unitsRead++;
            reserve(stripe);
            rows =
                    source.guarded(
                            () ->
                                    source.reader()
                                            .rows(
                                                    stripe,
                                                    source.reader()
                                                            .options()
                                                            .schema(schema)
                                                            .include(include)
                                                            .isSchemaEvolutionCaseAware(false)));
            return true;
        }
        return false;
    }

    private KnownValues known(StripeInformation stripe, int index, int column) {
        if (fields[column] < 0 || index >= statistics.size()) {
            return null;
        }
        return source.guarded(
                () -> {
                    TypeDescription type =
                            source.reader().getSchema().getChildren().get(fields[column]);
                    return KnownValues.of(
                            source.reader(),
                            type,
                            statistics.get(index).getColumnStatistics()[type.getId()],
                            stripe.getNumberOfRows(),
                            request.columns().get(column).type());
                });
    }

    // The wanted columns' share of the stripe is held while it is read.
    private void reserve(StripeInformation stripe) {
        int wanted = 0;
        for (boolean included : include) {
            wanted += included ? 1 : 0;
        }
        long bytes = (long) ((double) stripe.getDataLength() * wanted / include.length);
        if (bytes > reserved) {
            request.memory().reserve(bytes - reserved);
            reserved = bytes;
        }
    }

    private void closeStripe() {
        RecordReader closing = rows;
        rows = null;
        if (closing != null) {
            source.guarded(
                    () -> {
                        closing.close();
                        return null;
                    });
        }
    }

    // The rows that the library read, or null if none of them passes the conditions.
    private ColumnBatch convert() {
        Arrays.fill(vectors, null);
        Selection selection = Selection.all(batch.size);
        for (BatchFilter condition : request.filters()) {
            int[] needed = condition.columns();
            ColumnVector[] arguments = new ColumnVector[needed.length];
            for (int i = 0; i < needed.length; i++) {
                arguments[i] = vector(needed[i], selection);
            }
            selection = condition.apply(arguments, selection);
            if (selection.count() == 0) {
                return null;
            }
        }
        for (int i = 0; i < vectors.length; i++) {
            vector(i, selection);
        }
        return new ColumnBatch(vectors.clone(), selection);
    }

    private ColumnVector vector(int column, Selection selection) {
        if (vectors[column] == null) {
            ColumnVector vector = owned[column];
            if (fields[column] >= 0) {
                vector.reset();
                values.copy(
                        batch.cols[fields[column]],
                        types[column],
                        vector,
                        selection.positions(),
                        selection.positions(),
                        selection.count());
            }
            vectors[column] = vector;
        }
        return vectors[column];
    }

    @Override
    public ScanStatistics statistics() {
        return new ScanStatistics(source.bytesRead(), rowsRead, unitsRead, unitsSkipped);
    }

    @Override
    public void close() {
        request.memory().release(reserved);
        reserved = 0;
        try {
            closeStripe();
        } catch (SkepException e) {
            // What is read no more cannot fail any more.
            rows = null;
        } finally {
            source.close();
        }
    }
}
