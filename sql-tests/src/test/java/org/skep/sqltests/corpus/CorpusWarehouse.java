package org.skep.sqltests.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.skep.engine.Session;
import org.skep.engine.Warehouse;
import org.skep.engine.result.StatementResult;
import org.skep.types.vector.ColumnBatch;

/**
 * The warehouse in which a mode runs the corpus, one database and one directory a file. Confined to
 * one thread.
 */
public final class CorpusWarehouse implements AutoCloseable {
    private final Path directory;
    // Over JDBC there is none, but a connection that keeps the directory open.
    private final Warehouse warehouse;
    private final SqlSession keeper;
    private final Map<String, String> settings;

    private CorpusWarehouse(
            Path directory, Warehouse warehouse, SqlSession keeper, Map<String, String> settings) {
        this.directory = directory;
        this.warehouse = warehouse;
        this.keeper = keeper;
        this.settings = settings;
    }

    /** Opens an empty warehouse under {@code target}. */
    public static CorpusWarehouse open(String name, Map<String, String> modeSettings) {
        Path directory = emptyDirectory(name);
        return new CorpusWarehouse(
                directory,
                Warehouse.at(directory.resolve("data")).memoryLimit(512L << 20).open(),
                null,
                settings(modeSettings));
    }

    private static Path emptyDirectory(String name) {
        Path directory = Path.of("target", "sql", name).toAbsolutePath();
        deleteAll(directory);
        return directory;
    }

    private static Map<String, String> settings(Map<String, String> modeSettings) {
        Map<String, String> settings = new HashMap<>(modeSettings);
        // What the recorded answers were seen under.
        settings.put("hive.local.time.zone", "US/Pacific");
        return settings;
    }

    /** An empty directory in which every session is a connection of the driver. */
    static CorpusWarehouse overJdbc(String name, Map<String, String> modeSettings) {
        Path directory = emptyDirectory(name);
        Map<String, String> settings = settings(modeSettings);
        SqlSession keeper = JdbcSession.open(directory.resolve("data"), settings);
        return new CorpusWarehouse(directory, null, keeper, settings);
    }

    /** A new session, to be closed by the caller. */
    SqlSession open() {
        return warehouse == null
                ? JdbcSession.open(directory.resolve("data"), settings)
                : new EmbeddedSession(session());
    }

    /** A session in {@code default}. */
    public Session session() {
        return warehouse.newSession("tester", "default", settings);
    }

    /** Runs a statement and takes all of its rows. */
    public static void run(Session session, String sql) {
        try (StatementResult result = session.execute(sql)) {
            ColumnBatch batch;
            do {
                batch = result.next();
            } while (batch != null);
        }
    }

    Path directory(String file) {
        try {
            return Files.createDirectories(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteAll(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (warehouse != null) {
            warehouse.close();
        } else {
            keeper.close();
        }
    }
}
