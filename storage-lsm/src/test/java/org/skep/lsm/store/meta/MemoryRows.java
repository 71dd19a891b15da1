package org.skep.lsm.store.meta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Meta rows in memory. Confined to one thread. */
final class MemoryRows implements MetaRows {
    private final TreeMap<byte[], List<Column>> rows = new TreeMap<>(Arrays::compareUnsigned);

    @Override
    public void put(byte[] row, List<Column> columns) {
        List<Column> all = new ArrayList<>(rows.getOrDefault(row, List.of()));
        for (Column column : columns) {
            all.removeIf(
                    old ->
                            old.family().equals(column.family())
                                    && old.qualifier().equals(column.qualifier()));
            all.add(column);
        }
        rows.put(row, all);
    }

    @Override
    public void delete(byte[] row) {
        rows.remove(row);
    }

    @Override
    public List<Row> all() {
        return rows.entrySet().stream().map(row -> new Row(row.getKey(), row.getValue())).toList();
    }
}
