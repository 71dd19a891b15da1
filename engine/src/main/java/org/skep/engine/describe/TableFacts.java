package org.skep.engine.describe;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.skep.metastore.DataStatistics;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.metastore.TableKind;
import org.skep.metastore.TableStorage;

/** A table's parameters as Hive lists them: its properties and what is counted. Stateless. */
public final class TableFacts {
    private TableFacts() {}

    /** Parameters of a table, sorted; {@code partitions} are all of its. */
    public static Map<String, String> parameters(Table table, List<Partition> partitions) {
        Map<String, String> all = new TreeMap<>(table.properties());
        if (table.kind() == TableKind.EXTERNAL) {
            all.put("EXTERNAL", "TRUE");
        }
        table.comment().ifPresent(comment -> all.put("comment", comment));
        if (table.isView()) {
            return all;
        }
        DataStatistics sum = table.statistics();
        if (table.partitioned()) {
            sum = DataStatistics.EMPTY;
            for (Partition partition : partitions) {
                sum = sum.plus(partition.statistics());
            }
            all.put("numPartitions", Integer.toString(partitions.size()));
        }
        addCounts(sum, all);
        addRawSize(table.storage(), table.columns().size(), sum, all);
        return all;
    }

    /** Parameters of a partition of a table, sorted. */
    public static Map<String, String> parameters(Table table, Partition partition) {
        Map<String, String> all = new TreeMap<>(partition.parameters());
        addCounts(partition.statistics(), all);
        addRawSize(
                partition.storage().orElse(table.storage()),
                partition.columns().orElse(table.columns()).size(),
                partition.statistics(),
                all);
        all.put("transient_lastDdlTime", Long.toString(partition.createTime().getEpochSecond()));
        return all;
    }

    // What Hive's SerDes count: the bytes of lines without their ends, and a value a column of
    // Parquet. Those of ORC count what vectors would take, which nobody else can know.
    private static void addRawSize(
            TableStorage storage, int columns, DataStatistics counts, Map<String, String> all) {
        if (counts.rows() == DataStatistics.UNKNOWN || counts.bytes() == DataStatistics.UNKNOWN) {
            return;
        }
        if (counts.rows() == 0) {
            all.put("rawDataSize", "0");
        } else if (storage.inputFormat().equals("org.apache.hadoop.mapred.TextInputFormat")) {
            all.put("rawDataSize", Long.toString(Math.max(0, counts.bytes() - counts.rows())));
        } else if (storage.inputFormat().endsWith(".MapredParquetInputFormat")) {
            all.put("rawDataSize", Long.toString(counts.rows() * columns));
        }
    }

    private static void addCounts(DataStatistics counts, Map<String, String> all) {
        if (counts.rows() != DataStatistics.UNKNOWN) {
            all.put("numRows", Long.toString(counts.rows()));
            all.put("COLUMN_STATS_ACCURATE", "{\\\"BASIC_STATS\\\":\\\"true\\\"}");
        }
        if (counts.files() != DataStatistics.UNKNOWN) {
            all.put("numFiles", Long.toString(counts.files()));
        }
        if (counts.bytes() != DataStatistics.UNKNOWN) {
            all.put("totalSize", Long.toString(counts.bytes()));
        }
    }
}
