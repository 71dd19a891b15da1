package org.skep.columnar.orc;

import java.util.ArrayList;
import java.util.List;
import org.apache.orc.Reader;
import org.apache.orc.StripeInformation;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.storage.ColumnStatistics;
import org.skep.storage.FileStatistics;
import org.skep.storage.Split;
import org.skep.storage.TableLayout;
import org.skep.types.Datum;

/** What planning wants of a file, from its footer. Stateless. */
final class OrcPlanning {
    private OrcPlanning() {}

    static List<Split> splits(
            FileSystem fileSystem, FileStatus file, List<Datum> partitionValues, long targetBytes) {
        List<Split> splits = new ArrayList<>();
        try (OrcSource source = OrcSource.open(fileSystem, file.path())) {
            List<StripeInformation> stripes = source.reader().getStripes();
            long from = 0;
            long rows = 0;
            long bytes = 0;
            for (int i = 0; i < stripes.size(); i++) {
                rows += stripes.get(i).getNumberOfRows();
                bytes += stripes.get(i).getLength();
                StripeInformation next = i + 1 < stripes.size() ? stripes.get(i + 1) : null;
                if (next != null && bytes + next.getLength() <= targetBytes) {
                    continue;
                }
                long to = next == null ? file.length() : next.getOffset();
                splits.add(Split.of(file, from, to, partitionValues, rows));
                from = to;
                rows = 0;
                bytes = 0;
            }
        }
        return splits;
    }

    static FileStatistics statistics(FileSystem fileSystem, FileStatus file, TableLayout layout) {
        try (OrcSource source = OrcSource.open(fileSystem, file.path())) {
            return source.guarded(() -> statistics(source, layout));
        }
    }

    private static FileStatistics statistics(OrcSource source, TableLayout layout) {
        Reader reader = source.reader();
        long rows = reader.getNumberOfRows();
        List<ColumnStatistics> columns = new ArrayList<>();
        for (int i = 0; i < layout.columns().size(); i++) {
            TableLayout.Column column = layout.columns().get(i);
            int field = source.field(layout, i, column.name());
            if (field < 0) {
                columns.add(new ColumnStatistics(null, null, rows, 0, -1));
                continue;
            }
            var type = reader.getSchema().getChildren().get(field);
            var known = reader.getStatistics()[type.getId()];
            KnownValues values = KnownValues.of(reader, type, known, rows, column.type());
            columns.add(
                    new ColumnStatistics(
                            values.min(),
                            values.max(),
                            values.nullCount(),
                            -1,
                            values.averageBytes()));
        }
        return new FileStatistics(rows, columns);
    }
}
