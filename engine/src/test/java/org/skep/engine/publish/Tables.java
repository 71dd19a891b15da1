package org.skep.engine.publish;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;
import org.skep.metastore.Catalogue;
import org.skep.metastore.Column;
import org.skep.metastore.DataStatistics;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.metastore.TableStorage;
import org.skep.storage.FileStatistics;
import org.skep.storage.WrittenFile;

/** Tables of lines of text, written and read without SQL. Safe for use by many threads. */
public final class Tables {
    private final Catalogue catalogue;
    private final Publisher publisher;
    private final FileSystem fileSystem;
    private final String warehouse;

    /** Tables below a directory. */
    public Tables(
            Catalogue catalogue, Publisher publisher, FileSystem fileSystem, String warehouse) {
        this.catalogue = catalogue;
        this.publisher = publisher;
        this.fileSystem = fileSystem;
        this.warehouse = warehouse;
    }

    /** A definition, yet to be created, with a partition column {@code p} if it is partitioned. */
    public static Table definition(String name, String location, boolean partitioned) {
        return Table.named("default", name)
                .owner("somebody")
                .createTime(Instant.EPOCH)
                .columns(List.of(Column.of("line", "string")))
                .partitionColumns(partitioned ? List.of(Column.of("p", "string")) : List.of())
                .storage(
                        new TableStorage(
                                "text",
                                "",
                                Collections.emptySortedMap(),
                                "",
                                "",
                                Optional.of(location)))
                .statistics(DataStatistics.EMPTY)
                .build();
    }

    /** Makes a table without partitions. */
    public Table create(String name) {
        return catalogue.createTable(definition(name, location(name), false));
    }

    /** Makes a table with the partition column {@code p}. */
    public Table createPartitioned(String name) {
        return catalogue.createTable(definition(name, location(name), true));
    }

    /** A table's directory. */
    public String location(String name) {
        return warehouse + "/" + name;
    }

    /** The newest version of a table. */
    public Table table(String name) {
        return catalogue.requireTable("default", name);
    }

    /** Makes a file as a task does. */
    public WrittenFile file(Staging staging, List<String> partition, String content) {
        String directory = staging.directory() + "/0/" + String.join("/", partition);
        fileSystem.createDirectories(directory);
        String path = directory + "/000000_" + content.length() + ".txt";
        return write(path, partition, content);
    }

    /** Makes a file. */
    public WrittenFile write(String path, List<String> partition, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try (OutputFile file = fileSystem.create(path)) {
            file.write(bytes, 0, bytes.length);
        }
        long lines = content.lines().count();
        return new WrittenFile(
                path,
                partition,
                lines,
                bytes.length,
                bytes.length,
                new FileStatistics(lines, List.of()));
    }

    /** INSERT INTO a table without partitions. */
    public List<Table> insert(String query, String name, String content) {
        Table table = table(name);
        try (Staging staging = publisher.begin(query, location(name))) {
            return publisher.publish(
                    new Publication(
                            query,
                            List.of(
                                    TableChange.of(table)
                                            .add(List.of(file(staging, List.of(), content)))
                                            .build())));
        }
    }

    /** INSERT OVERWRITE of a table without partitions. */
    public List<Table> overwrite(String query, String name, String content) {
        Table table = table(name);
        try (Staging staging = publisher.begin(query, location(name))) {
            return publisher.publish(
                    new Publication(
                            query,
                            List.of(
                                    TableChange.of(table)
                                            .replaceTable()
                                            .add(List.of(file(staging, List.of(), content)))
                                            .build())));
        }
    }

    /** INSERT OVERWRITE of partitions, each with one file. */
    public List<Table> overwrite(String query, String name, SortedMap<String, String> contents) {
        Table table = table(name);
        try (Staging staging = publisher.begin(query, location(name))) {
            List<WrittenFile> files = new ArrayList<>();
            List<List<String>> replaced = new ArrayList<>();
            contents.forEach(
                    (partition, content) -> {
                        files.add(file(staging, List.of(partition), content));
                        replaced.add(List.of(partition));
                    });
            return publisher.publish(
                    new Publication(
                            query,
                            List.of(
                                    TableChange.of(table)
                                            .replacePartitions(replaced)
                                            .add(files)
                                            .build())));
        }
    }

    /** DROP PARTITION. */
    public List<Table> dropPartitions(String query, String name, List<String> partitions) {
        return publisher.publish(
                new Publication(
                        query,
                        List.of(
                                TableChange.of(table(name))
                                        .dropPartitions(partitions.stream().map(List::of).toList())
                                        .build())));
    }

    /** All lines of a table's newest version, sorted, with the partition before each. */
    public List<String> lines(String name) {
        return lines(table(name));
    }

    /** All lines of a version of a table. */
    public List<String> lines(Table table) {
        List<Partition> partitions = table.partitioned() ? catalogue.partitions(table) : List.of();
        try (TableSnapshot snapshot = publisher.snapshot(table, partitions)) {
            return lines(table, partitions, snapshot);
        }
    }

    /** All lines that a snapshot shows. */
    public List<String> lines(Table table, List<Partition> partitions, TableSnapshot snapshot) {
        List<String> lines = new ArrayList<>();
        if (!table.partitioned()) {
            snapshot.files(List.of()).forEach(file -> read(file).lines().forEach(lines::add));
        }
        for (Partition partition : partitions) {
            for (FileStatus file : snapshot.files(partition.values())) {
                read(file)
                        .lines()
                        .forEach(line -> lines.add(partition.values().get(0) + ":" + line));
            }
        }
        Collections.sort(lines);
        return lines;
    }

    /** A file's content. */
    public String read(FileStatus file) {
        try (InputFile input = fileSystem.open(file.path())) {
            byte[] bytes = new byte[(int) input.length()];
            input.readFully(0, bytes, 0, bytes.length);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Every path below a directory, directories too, relative to it. */
    public List<String> tree(String directory) {
        List<String> paths = new ArrayList<>();
        if (fileSystem.status(directory).isPresent()) {
            collect(directory, directory.length() + 1, paths);
        }
        return paths;
    }

    private void collect(String directory, int from, List<String> paths) {
        for (FileStatus entry : fileSystem.list(directory)) {
            paths.add(entry.path().substring(from) + (entry.directory() ? "/" : ""));
            if (entry.directory()) {
                collect(entry.path(), from, paths);
            }
        }
    }
}
