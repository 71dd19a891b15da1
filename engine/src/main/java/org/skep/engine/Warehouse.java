package org.skep.engine;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.config.ConfigKey;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystems;
import org.skep.base.io.InstalledFileSystems;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.base.time.Clock;
import org.skep.columnar.ColumnarFormats;
import org.skep.engine.publish.Publisher;
import org.skep.engine.session.EngineServices;
import org.skep.engine.session.Engines;
import org.skep.engine.session.SessionState;
import org.skep.engine.settings.SessionSettings;
import org.skep.engine.settings.SettingKeys;
import org.skep.functions.catalogue.BuiltInFunctions;
import org.skep.metastore.Database;
import org.skep.metastore.owner.DataDirectory;
import org.skep.metastore.owner.Holder;

/**
 * A warehouse in a data directory of this machine, owned by this process until it is closed. Safe
 * for use by many threads.
 *
 * <pre>{@code
 * try (Warehouse warehouse = Warehouse.open(Path.of("skep-data"));
 *         Session session = warehouse.newSession();
 *         StatementResult result = session.execute("select name, price from goods")) {
 *     for (RowCursor row = result.rows(); row.next(); ) {
 *         System.out.println(row.text(0) + " " + row.decimal(1));
 *     }
 * }
 * }</pre>
 */
public final class Warehouse implements AutoCloseable {
    private static final long TASK_END_SECONDS = 10;

    private final DataDirectory directory;
    private final LazyCatalogue catalogue;
    private final EngineServices services;
    private final Map<String, String> settings;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong sessionNumbers = new AtomicLong();
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();

    private Warehouse(Builder builder, DataDirectory directory) {
        this.directory = directory;
        settings = Map.copyOf(builder.settings);
        int threads = builder.threads;
        // What an earlier process left there belongs to no statement.
        LocalFileSystem.INSTANCE.deleteTree(directory.scratch().toString());
        FileSystems fileSystems = builder.fileSystems;
        catalogue = new LazyCatalogue(directory, builder.clock);
        Publisher publisher =
                new Publisher(catalogue, fileSystems, builder.clock, directory.journals());
        ExecutorService tasks = NamedThreads.pool("task", threads);
        services =
                new EngineServices(
                        catalogue,
                        publisher,
                        fileSystems,
                        new ColumnarFormats(),
                        BuiltInFunctions.catalogue().without(blockedFunctions(settings)),
                        MemoryPool.root("process", builder.memoryLimit),
                        builder.clock,
                        builder.warehouseDirectory.orElse(directory.warehouse().toString()),
                        directory.scratch(),
                        tasks,
                        threads,
                        new Engines(settings));
        catalogue.onFirstUse(
                () -> {
                    publisher.recover();
                    TemporaryTables.drop(services, name -> true);
                });
    }

    // Not the sessions' to change, so it also comes from the process.
    private static Set<String> blockedFunctions(Map<String, String> settings) {
        ConfigKey<String> key = SettingKeys.BLOCKED_FUNCTIONS;
        String names =
                settings.getOrDefault(
                        key.name(), System.getProperty(key.name(), key.defaultText()));
        return Arrays.stream(names.split(",", -1))
                .map(name -> name.trim().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Opens a warehouse with the machine's means; makes the directory if it is missing or empty.
     *
     * @throws SkepException DATA_DIRECTORY_IN_USE naming the owner, FORMAT_TOO_NEW, INVALID_PATH,
     *     PERMISSION_DENIED, DISK_FULL, IO_ERROR
     */
    public static Warehouse open(Path path) {
        return at(path).open();
    }

    /** Begins to describe how a warehouse is to be opened. */
    public static Builder at(Path path) {
        return new Builder(path);
    }

    /** The process that owns a data directory and where it serves, if any does. */
    public static Optional<Holder> holderOf(Path path) {
        return DataDirectory.holderOf(path);
    }

    /** The data directory, absolute. */
    public Path path() {
        return directory.path();
    }

    /** Where logs go. */
    public Path logs() {
        return directory.logs();
    }

    /** Tells other processes where to connect instead of opening the directory. */
    public void serveAt(String url) {
        directory.serveAt(url);
    }

    /** Begins to start the catalogue, so that the first statement that needs it waits less. */
    public void warmUp() {
        catalogue.start();
    }

    /** A session of the process's user in {@code default}. */
    public Session newSession() {
        return newSession(System.getProperty("user.name"), Database.DEFAULT, Map.of());
    }

    /**
     * A session.
     *
     * @param overrides settings, and variables under names that begin with {@code hivevar:}
     * @throws SkepException DATABASE_NOT_FOUND, INVALID_OPTION
     */
    public Session newSession(String user, String database, Map<String, String> overrides) {
        String name = database.toLowerCase(java.util.Locale.ROOT);
        if (!name.equals(Database.DEFAULT)) {
            catalogue.requireDatabase(name);
        }
        SessionSettings sessionSettings = new SessionSettings(settings);
        overrides.forEach(sessionSettings::set);
        String id = "session-" + sessionNumbers.incrementAndGet();
        Session session =
                new Session(
                        services,
                        new SessionState(id, user, name, sessionSettings),
                        sessions::remove);
        sessions.add(session);
        return session;
    }

    /** Ends all statements, lets go of the catalogue and gives the directory up. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        List.copyOf(sessions).forEach(Session::close);
        services.engines().close();
        endTasks();
        services.publisher().close();
        try {
            if (catalogue.isStarted()) {
                services.publisher().close();
            }
            catalogue.close();
        } finally {
            directory.close();
        }
    }

    // By the cancel flags of the statements, never by interrupts, which would close files.
    private void endTasks() {
        services.tasks().shutdown();
        try {
            services.tasks().awaitTermination(TASK_END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How a warehouse is opened; what is not set has a default. Confined to one thread. */
    public static final class Builder {
        private final Path path;
        private final Map<String, String> settings = new TreeMap<>();
        private long memoryLimit = Runtime.getRuntime().maxMemory() / 10 * 7;
        private int threads = Runtime.getRuntime().availableProcessors();
        private Clock clock = Clock.SYSTEM;
        private FileSystems fileSystems = new InstalledFileSystems();
        private Optional<String> warehouseDirectory = Optional.empty();

        private Builder(Path path) {
            this.path = path;
        }

        /** The most bytes that all statements together may hold. */
        public Builder memoryLimit(long bytes) {
            memoryLimit = bytes;
            return this;
        }

        /** How many tasks run side by side. */
        public Builder threads(int count) {
            threads = count;
            return this;
        }

        /** A setting that every session begins with. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /** What tells the time. */
        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /** What reads and writes tables. */
        public Builder fileSystems(FileSystems value) {
            fileSystems = value;
            return this;
        }

        /**
         * Where tables without a location go; {@code warehouse} in the data directory unless set.
         */
        public Builder warehouseDirectory(String location) {
            warehouseDirectory = Optional.of(location);
            return this;
        }

        /**
         * Opens it.
         *
         * @throws SkepException as {@link Warehouse#open(Path)}
         */
        public Warehouse open() {
            DataDirectory directory = DataDirectory.open(path, clock);
            try {
                return new Warehouse(this, directory);
            } catch (RuntimeException e) {
                directory.close();
                throw e;
            }
        }
    }
}
