package org.skep.lsm.store.host;

import java.util.ArrayList;
import java.util.List;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.region.Region;
import org.skep.lsm.schema.Durability;
import org.skep.lsm.store.meta.MetaRows;

/**
 * Meta rows in a region. The store's sequence ids date the cells, so a clock that runs backwards
 * does not hide what is new. Safe for use by many threads.
 */
public final class RegionRows implements MetaRows {
    private final Region region;

    /** The rows of the region of the meta table. */
    public RegionRows(Region region) {
        this.region = region;
    }

    @Override
    public void put(byte[] row, List<Column> columns) {
        Put put = new Put(row).durability(Durability.FSYNC_WAL);
        for (Column column : columns) {
            put.add(Cell.utf8(column.family()), Cell.utf8(column.qualifier()), column.value());
        }
        region.batch(List.of(put));
    }

    @Override
    public void delete(byte[] row) {
        region.batch(List.of(new Delete(row).durability(Durability.FSYNC_WAL)));
    }

    @Override
    public List<Row> all() {
        List<Row> rows = new ArrayList<>();
        try (Region.Rows scanner = region.scanner(new Scan())) {
            for (Result row = scanner.next(); row != null; row = scanner.next()) {
                List<Column> columns = new ArrayList<>();
                for (Cell cell : row.cells()) {
                    columns.add(
                            new Column(text(cell.family()), text(cell.qualifier()), cell.value()));
                }
                rows.add(new Row(row.row(), columns));
            }
        }
        return rows;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
}
