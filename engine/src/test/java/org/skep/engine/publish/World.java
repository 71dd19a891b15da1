package org.skep.engine.publish;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.base.error.SkepException;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.Database;
import org.skep.metastore.Table;

/** A warehouse whose files can be lost, and whose catalogue may fail. Confined to one thread. */
final class World {
    static final String DATABASE = "d";
    private static final List<String> DATABASES = List.of(Database.DEFAULT, DATABASE);

    private final Catalogue catalogue;
    private final FaultyFileSystem files = new FaultyFileSystem("/warehouse", "/data");
    private Publisher publisher;
    private Tables tables;

    /** An empty warehouse; what is in the catalogue is dropped. */
    World(Catalogue catalogue) {
        this.catalogue = catalogue;
        for (String database : DATABASES) {
            Optional<Database> found = catalogue.database(database);
            if (found.isPresent()) {
                catalogue.tables(database, name -> true).forEach(catalogue::dropTable);
                if (!database.equals(Database.DEFAULT)) {
                    catalogue.dropDatabase(found.get());
                }
            }
        }
        catalogue.journals().forEach(catalogue::clearJournal);
        open(catalogue);
    }

    /** A warehouse in the state before a statement. */
    static World before(WriteStatement statement, Catalogue catalogue) {
        World world = new World(catalogue);
        statement.prepare(world);
        world.close();
        world.reopen();
        return world;
    }

    private void open(Catalogue used) {
        publisher =
                Publisher.withoutThreads(
                        used, location -> files, Clock.SYSTEM, Path.of("/data/journal"));
        tables = new Tables(used, publisher, files, "/warehouse");
    }

    /** Opens it as another process would. */
    void reopen() {
        reopen(catalogue);
    }

    /** The same with a catalogue that may fail. */
    void reopen(Catalogue used) {
        open(catalogue);
        publisher.recover();
        if (used != catalogue) {
            open(used);
        }
    }

    /** Closes it in good order. */
    void close() {
        publisher.close();
    }

    Catalogue catalogue() {
        return catalogue;
    }

    FaultyFileSystem files() {
        return files;
    }

    Publisher publisher() {
        return publisher;
    }

    Tables tables() {
        return tables;
    }

    /** What all tables hold. */
    String state() {
        try {
            return readable();
        } catch (SkepException e) {
            return "not readable: " + e.getMessage();
        }
    }

    private String readable() {
        StringBuilder state = new StringBuilder();
        for (String database : DATABASES) {
            if (catalogue.database(database).isEmpty()) {
                continue;
            }
            state.append(database).append(": ");
            for (Table table : catalogue.tables(database, name -> true)) {
                state.append(table.name()).append(catalogue.partitionNames(table));
                state.append(tables.lines(table)).append(' ');
            }
        }
        return state.toString();
    }

    /** Files and journals that nobody needs once all is recovered. */
    List<String> leftovers() {
        List<String> left = new ArrayList<>(tables.tree("/data/journal"));
        catalogue.journals().forEach(journal -> left.add(journal.id()));
        List<String> places = new ArrayList<>();
        for (String database : DATABASES) {
            Optional<Database> found = catalogue.database(database);
            if (found.isPresent()) {
                found.get().location().ifPresent(places::add);
                for (Table table : catalogue.tables(database, name -> true)) {
                    table.storage().location().ifPresent(places::add);
                    table.pendingJournals().forEach(journal -> left.add(journal.id()));
                }
            }
        }
        List<String> paths = tables.tree("/warehouse");
        for (String path : paths) {
            // An empty directory of a table that was not made is where it is made next time.
            boolean empty =
                    path.endsWith("/")
                            && paths.stream().filter(p -> p.startsWith(path)).count() == 1;
            String whole = "/warehouse/" + path.replaceFirst("/$", "");
            boolean known =
                    places.stream()
                            .anyMatch(
                                    place ->
                                            Location.within(whole, place)
                                                    || Location.within(place, whole));
            if ((!known && !empty) || path.contains("_skep")) {
                left.add(path);
            }
        }
        return left;
    }
}
