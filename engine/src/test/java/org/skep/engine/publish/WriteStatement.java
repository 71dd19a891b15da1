package org.skep.engine.publish;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.skep.metastore.Database;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.storage.WrittenFile;

/** A statement that is interrupted, and the state that it changes. */
enum WriteStatement {
    /** Replaces partitions and makes new ones. */
    OVERWRITE {
        @Override
        void prepare(World world) {
            fill(world);
        }

        @Override
        void run(World world) {
            world.tables().overwrite("q2", "t", partitions(2, 5, "new"));
        }
    },

    /** Inserts into two tables at once. */
    INSERT_INTO_TWO {
        @Override
        void prepare(World world) {
            world.tables().create("t");
            world.tables().create("u");
            world.tables().insert("q1", "t", "old\n");
        }

        @Override
        void run(World world) {
            Tables tables = world.tables();
            try (Staging first = world.publisher().begin("q2", tables.location("t"));
                    Staging second = world.publisher().begin("q2", tables.location("u"))) {
                world.publisher()
                        .publish(
                                new Publication(
                                        "q2",
                                        List.of(
                                                insert(tables, "t", first),
                                                insert(tables, "u", second))));
            }
        }

        private TableChange insert(Tables tables, String name, Staging staging) {
            return TableChange.of(tables.table(name))
                    .add(List.of(tables.file(staging, List.of(), "new\n")))
                    .build();
        }
    },

    /** CREATE TABLE AS. */
    CREATE {
        @Override
        void prepare(World world) {
            world.tables().create("u");
        }

        @Override
        void run(World world) {
            Tables tables = world.tables();
            String place = tables.location("t");
            try (Staging staging = world.publisher().begin("q", place)) {
                world.publisher()
                        .publish(
                                new Publication(
                                        "q",
                                        List.of(
                                                TableChange.of(Tables.definition("t", place, false))
                                                        .add(
                                                                List.of(
                                                                        tables.file(
                                                                                staging, List.of(),
                                                                                "new\n")))
                                                        .build())));
            }
        }
    },

    /** Drops a table with partitions. */
    DROP_TABLE {
        @Override
        void prepare(World world) {
            fill(world);
        }

        @Override
        void run(World world) {
            world.publisher().drop("q2", List.of(world.tables().table("t")), Optional.empty());
        }
    },

    /** Drops some partitions. */
    DROP_PARTITIONS {
        @Override
        void prepare(World world) {
            fill(world);
        }

        @Override
        void run(World world) {
            world.tables().dropPartitions("q2", "t", List.of("p1", "p3"));
        }
    },

    /** Takes partitions out of one table and puts them into another. */
    EXCHANGE_PARTITIONS {
        @Override
        void prepare(World world) {
            fill(world);
            world.tables().createPartitioned("u");
        }

        @Override
        void run(World world) {
            Tables tables = world.tables();
            Table source = tables.table("t");
            List<String> values = List.of("p1", "p3");
            try (Staging staging = world.publisher().begin("q2", tables.location("u"))) {
                List<Partition> created = new ArrayList<>();
                List<WrittenFile> files = new ArrayList<>();
                for (String value : values) {
                    String place = tables.location("u") + "/p=" + value;
                    created.add(Partition.at(List.of(value), place, Instant.EPOCH));
                    files.add(tables.file(staging, List.of(value), value + "\n"));
                }
                world.publisher()
                        .publish(
                                new Publication(
                                        "q2",
                                        List.of(
                                                TableChange.of(tables.table("u"))
                                                        .createPartitions(created)
                                                        .load(files)
                                                        .build(),
                                                TableChange.of(source)
                                                        .dropPartitions(
                                                                values.stream()
                                                                        .map(List::of)
                                                                        .toList())
                                                        .exact()
                                                        .build())));
            }
        }
    },

    /** Renames a table, whose files move. */
    RENAME {
        @Override
        void prepare(World world) {
            fill(world);
        }

        @Override
        void run(World world) {
            Table table = world.tables().table("t");
            Table renamed =
                    table.toBuilder()
                            .name("default", "u")
                            .storage(table.storage().withLocation("/warehouse/u"))
                            .build();
            world.publisher()
                    .publish(
                            new Publication(
                                    "q2",
                                    List.of(
                                            TableChange.of(table)
                                                    .target(renamed)
                                                    .moveFiles()
                                                    .build())));
        }
    },

    /** Adds a column, which moves no file. */
    ADD_COLUMN {
        @Override
        void prepare(World world) {
            fill(world);
        }

        @Override
        void run(World world) {
            Table table = world.tables().table("t");
            // Shown by the name, which is all that the state tells of a definition.
            Table changed = table.toBuilder().name("default", "u").build();
            world.publisher()
                    .publish(
                            new Publication(
                                    "q2", List.of(TableChange.of(table).target(changed).build())));
        }
    },

    /** DROP DATABASE CASCADE. */
    DROP_DATABASE {
        @Override
        void prepare(World world) {
            String place = "/warehouse/d.db";
            world.files().createDirectories(place);
            world.files().syncDirectory("/warehouse");
            world.catalogue()
                    .createDatabase(
                            new Database(
                                    World.DATABASE,
                                    Optional.empty(),
                                    Optional.of(place),
                                    "somebody",
                                    new TreeMap<>(),
                                    Instant.EPOCH,
                                    0));
            for (String name : List.of("v", "w")) {
                Tables tables = world.tables();
                Table definition =
                        Tables.definition(name, place + "/" + name, false).toBuilder()
                                .name(World.DATABASE, name)
                                .build();
                try (Staging staging = world.publisher().begin("q1" + name, place + "/" + name)) {
                    world.publisher()
                            .publish(
                                    new Publication(
                                            "q1" + name,
                                            List.of(
                                                    TableChange.of(definition)
                                                            .add(
                                                                    List.of(
                                                                            tables.file(
                                                                                    staging,
                                                                                    List.of(),
                                                                                    "old\n")))
                                                            .build())));
                }
            }
        }

        @Override
        void run(World world) {
            world.publisher()
                    .drop(
                            "q2",
                            world.catalogue().tables(World.DATABASE, name -> true),
                            Optional.of(world.catalogue().requireDatabase(World.DATABASE)));
        }
    };

    /** Makes the state before. */
    abstract void prepare(World world);

    /** Runs the statement. */
    abstract void run(World world);

    private static void fill(World world) {
        world.tables().createPartitioned("t");
        world.tables().overwrite("q1", "t", partitions(1, 4, "old"));
    }

    private static SortedMap<String, String> partitions(int first, int last, String text) {
        SortedMap<String, String> contents = new TreeMap<>();
        for (int i = first; i <= last; i++) {
            contents.put("p" + i, text + i + "\n");
        }
        return contents;
    }
}
