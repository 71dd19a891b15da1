package org.skep.metastore.zookeeper;

import java.nio.file.Path;
import java.util.List;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.PartitionEdits;
import org.skep.metastore.Table;

/** A process of its own that changes a table and is ended at a crash point on the way. */
final class CrashingWriter {
    private CrashingWriter() {}

    /** Adds one partition to {@code default.t} in the catalogue that is the first argument. */
    public static void main(String[] arguments) {
        try (Catalogue catalogue =
                ZooKeeperCatalogue.embedded(Path.of(arguments[0]), Clock.SYSTEM)) {
            Table table = catalogue.requireTable("default", "t");
            catalogue.alterPartitions(
                    table, PartitionEdits.add(List.of(ManyPartitions.partition(77_777))));
        }
    }
}
