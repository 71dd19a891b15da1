package org.skep.executor.local;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DatumVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/** A table format whose files are lists of rows in memory. */
final class MemoryTables implements TableFormat {
    /** How columns come out. */
    enum Encoding {
        FLAT,
        DICTIONARY
    }

    private record Content(List<DataType> types, List<List<Object>> rows) {}

    private final Map<Integer, Content> contents = new HashMap<>();
    Encoding encoding = Encoding.FLAT;

    List<ScanSplit> add(int scanId, List<DataType> types, List<List<Object>> rows, int splitRows) {
        contents.put(scanId, new Content(types, rows));
        List<ScanSplit> splits = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += splitRows) {
            int count = Math.min(splitRows, rows.size() - from);
            splits.add(
                    new ScanSplit(
                            scanId,
                            0,
                            new Split(
                                    "/memory/" + scanId,
                                    from,
                                    count,
                                    rows.size(),
                                    0,
                                    List.of(),
                                    count,
                                    List.of(),
                                    false)));
        }
        return splits;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String extension() {
        return ".mem";
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
    public BatchSource open(FileSystem fileSystem, Split split, ScanRequest request) {
        int id = Integer.parseInt(split.path().substring(split.path().lastIndexOf('/') + 1));
        return new Source(contents.get(id), split, request, encoding);
    }

    /** Reads a split. */
    private static final class Source implements BatchSource {
        private final Content content;
        private final ScanRequest request;
        private final Encoding encoding;
        private final int end;
        private int at;

        Source(Content content, Split split, ScanRequest request, Encoding encoding) {
            this.content = content;
            this.request = request;
            this.encoding = encoding;
            at = (int) split.offset();
            end = at + (int) split.length();
        }

        @Override
        public ColumnBatch next() {
            if (at == end) {
                return null;
            }
            int count = Math.min(request.batchRows(), end - at);
            ColumnVector[] columns = new ColumnVector[request.columns().size()];
            for (int i = 0; i < columns.length; i++) {
                int column = request.columns().get(i).ordinal();
                columns[i] =
                        encoding == Encoding.FLAT ? flat(column, count) : dictionary(column, count);
            }
            at += count;
            Selection selection = Selection.all(count);
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

        private ColumnVector flat(int column, int count) {
            ColumnVector vector = ColumnVector.create(content.types().get(column), count);
            for (int i = 0; i < count; i++) {
                DatumVector.write(vector, i, content.rows().get(at + i).get(column));
            }
            return vector;
        }

        private ColumnVector dictionary(int column, int count) {
            Map<Object, Integer> ids = new LinkedHashMap<>();
            int[] rows = new int[count];
            boolean nulls = false;
            for (int i = 0; i < count; i++) {
                Object value = content.rows().get(at + i).get(column);
                rows[i] = value == null ? -1 : ids.computeIfAbsent(value, key -> ids.size());
                nulls |= value == null;
            }
            ColumnVector values =
                    ColumnVector.create(content.types().get(column), Math.max(1, ids.size()));
            ids.forEach((value, id) -> DatumVector.write(values, id, value));
            return new DictionaryVector(values, ids.size(), rows, nulls);
        }

        @Override
        public ScanStatistics statistics() {
            return ScanStatistics.NONE;
        }

        @Override
        public void close() {
            at = end;
        }
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
        return new MemoryTableWriter(path);
    }
}
