package org.skep.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.CatalogueChange;
import org.skep.metastore.ColumnStatistics;
import org.skep.metastore.Database;
import org.skep.metastore.Partition;
import org.skep.metastore.PartitionSummary;
import org.skep.metastore.PendingJournal;
import org.skep.metastore.Table;
import org.skep.metastore.owner.DataDirectory;
import org.skep.metastore.zookeeper.ZooKeeperCatalogue;

/**
 * The catalogue of a data directory, made on its first use; unfinished writes are finished before
 * anybody sees it. Safe for use by many threads.
 */
final class LazyCatalogue implements Catalogue {
    private final DataDirectory directory;
    private final Clock clock;
    private final AtomicBoolean recovering = new AtomicBoolean();
    private Runnable recovery = () -> {};
    private Catalogue started;
    private Catalogue recovered;
    private Thread recoverer;
    private boolean closed;
    private boolean startAsked;

    LazyCatalogue(DataDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    void onFirstUse(Runnable work) {
        recovery = work;
    }

    synchronized boolean isStarted() {
        return started != null;
    }

    private synchronized Catalogue plain() {
        if (closed) {
            throw new org.skep.base.error.SkepException(
                    org.skep.base.error.ErrorCode.CATALOGUE_UNAVAILABLE, "Warehouse is closed");
        }
        if (started == null) {
            started = ZooKeeperCatalogue.embedded(directory.catalogue(), clock);
        }
        return started;
    }

    // The recovery itself comes here again, on the same thread, and gets the catalogue as it is.
    private synchronized Catalogue ready() {
        if (recovered != null) {
            return recovered;
        }
        Catalogue catalogue = plain();
        if (recovering.compareAndSet(false, true)) {
            recoverer = Thread.currentThread();
            try {
                recovery.run();
                recovered = catalogue;
            } finally {
                recovering.set(false);
                recoverer = null;
            }
        } else if (recoverer != Thread.currentThread()) {
            throw new IllegalStateException("Recovery must not be shared");
        }
        return catalogue;
    }

    @Override
    public synchronized void start() {
        if (!startAsked && !closed) {
            startAsked = true;
            plain().start();
        }
    }

    @Override
    public List<String> databaseNames() {
        return ready().databaseNames();
    }

    @Override
    public Optional<Database> database(String name) {
        return ready().database(name);
    }

    @Override
    public Database createDatabase(Database definition) {
        return ready().createDatabase(definition);
    }

    @Override
    public Database alterDatabase(Database changed) {
        return ready().alterDatabase(changed);
    }

    @Override
    public List<String> tableNames(String database) {
        return ready().tableNames(database);
    }

    @Override
    public List<Table> tables(String database, Predicate<String> pattern) {
        return ready().tables(database, pattern);
    }

    @Override
    public Optional<Table> table(String database, String name) {
        return ready().table(database, name);
    }

    @Override
    public List<Table> commit(CatalogueChange change) {
        return ready().commit(change);
    }

    @Override
    public Optional<Partition> partition(Table table, List<String> values) {
        return ready().partition(table, values);
    }

    @Override
    public List<List<String>> partitionValues(Table table) {
        return ready().partitionValues(table);
    }

    @Override
    public List<Partition> partitions(Table table, Predicate<List<String>> values) {
        return ready().partitions(table, values);
    }

    @Override
    public PartitionSummary partitionSummary(Table table) {
        return ready().partitionSummary(table);
    }

    @Override
    public Map<Integer, ColumnStatistics> columnStatistics(Table table) {
        return ready().columnStatistics(table);
    }

    @Override
    public List<PendingJournal> journals() {
        return ready().journals();
    }

    @Override
    public void clearJournal(PendingJournal journal) {
        ready().clearJournal(journal);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (started != null) {
            started.close();
        }
    }
}
