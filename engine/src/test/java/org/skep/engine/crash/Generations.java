package org.skep.engine.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.skep.base.io.FileSystem;
import org.skep.base.time.Clock;
import org.skep.engine.publish.Publisher;
import org.skep.engine.publish.Tables;
import org.skep.metastore.Catalogue;
import org.skep.metastore.owner.DataDirectory;
import org.skep.metastore.zookeeper.ZooKeeperCatalogue;

/**
 * A warehouse with one table of 50 partitions, all of which hold the number of the statement that
 * wrote them last. Confined to one thread.
 */
final class Generations implements AutoCloseable {
    static final int PARTITIONS = 50;
    private static final String TABLE = "t";

    private final DataDirectory directory;
    private final Catalogue catalogue;
    private final Publisher publisher;
    private final Tables tables;

    /** Opens a warehouse as its owner and finishes what was interrupted. */
    Generations(Path path, Disk disk) {
        directory = DataDirectory.open(path, Clock.SYSTEM);
        catalogue = ZooKeeperCatalogue.embedded(directory.catalogue(), Clock.SYSTEM);
        FileSystem files = disk.at(directory.path(), directory.journals());
        publisher = new Publisher(catalogue, location -> files, Clock.SYSTEM, directory.journals());
        tables = new Tables(catalogue, publisher, files, directory.warehouse().toString());
        publisher.recover();
        if (catalogue.table("default", TABLE).isEmpty()) {
            tables.createPartitioned(TABLE);
            write(1);
        }
    }

    /** INSERT OVERWRITE of all partitions. */
    void write(int generation) {
        SortedMap<String, String> contents = new TreeMap<>();
        for (int i = 0; i < PARTITIONS; i++) {
            contents.put("p" + i, generation + "\n");
        }
        tables.overwrite("g%d-%d".formatted(generation, System.nanoTime()), TABLE, contents);
    }

    /** What the partitions hold, each once, and how many lines there are in all. */
    List<String> read() {
        List<String> lines = tables.lines(TABLE);
        Set<String> generations = new TreeSet<>();
        lines.forEach(line -> generations.add(line.substring(line.indexOf(':') + 1)));
        List<String> found = new ArrayList<>(generations);
        found.add(lines.size() + " lines");
        return found;
    }

    /** What {@link #read} returns when all partitions are of one statement. */
    static List<String> whole(int generation) {
        return List.of(Integer.toString(generation), PARTITIONS + " lines");
    }

    /** The one number that all partitions hold. */
    int generation() {
        return Integer.parseInt(read().get(0));
    }

    /** Files that belong to no table, journals, and names of journals in the catalogue. */
    List<String> leftovers() {
        List<String> left = new ArrayList<>(tables.tree(directory.journals().toString()));
        catalogue.journals().forEach(journal -> left.add(journal.id()));
        tables.table(TABLE).pendingJournals().forEach(journal -> left.add(journal.id()));
        for (String path : tables.tree(directory.warehouse().toString())) {
            if (path.contains("_skep")) {
                left.add(path);
            }
        }
        return left;
    }

    @Override
    public void close() {
        publisher.close();
        catalogue.close();
        directory.close();
    }
}
