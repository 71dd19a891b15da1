package org.skep.metastore.zookeeper;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.CatalogueChange;
import org.skep.metastore.ColumnStatistics;
import org.skep.metastore.Database;
import org.skep.metastore.Partition;
import org.skep.metastore.PartitionName;
import org.skep.metastore.PartitionSummary;
import org.skep.metastore.PendingJournal;
import org.skep.metastore.Table;

/**
 * The catalogue in ZooKeeper. Nothing starts before the first call. Safe for use by many threads.
 */
public final class ZooKeeperCatalogue implements Catalogue {
    private static final Logger LOGGER = Logger.getLogger(ZooKeeperCatalogue.class.getName());
    private static final NamedThreads THREADS = NamedThreads.called("catalogue");
    private static final int TABLES_SWEPT_AT_END = 16;

    private final ZooKeeperClient.Ensemble ensemble;
    private final Clock clock;
    private final ObjectCache cache = new ObjectCache();
    private final ZooKeeperClient client;
    private final PartitionStore partitions;
    private final Sweeper sweeper;
    private final Object preparing = new Object();
    private volatile boolean prepared;

    ZooKeeperCatalogue(ZooKeeperClient.Ensemble ensemble, Clock clock) {
        this.ensemble = ensemble;
        this.clock = clock;
        client = new ZooKeeperClient(ensemble, NodePaths.ROOT, cache);
        partitions = new PartitionStore(client);
        sweeper = new Sweeper(client, ensemble.embedded(), clock);
    }

    /** A catalogue whose server runs in this process and keeps its files in {@code directory}. */
    public static ZooKeeperCatalogue embedded(Path directory, Clock clock) {
        return new ZooKeeperCatalogue(new EmbeddedEnsemble(directory), clock);
    }

    /**
     * A catalogue on servers that run elsewhere.
     *
     * @param connectString in ZooKeeper's form: {@code host:port,host:port/path}; the path is made
     *     if it is missing
     * @param credentials {@code user:password} of the digest scheme, or empty
     */
    public static ZooKeeperCatalogue connect(
            String connectString, String credentials, Clock clock) {
        return new ZooKeeperCatalogue(new ExternalEnsemble(connectString, credentials), clock);
    }

    @Override
    public void start() {
        // Whoever needs the catalogue tries again and gets the failure.
        THREADS.newThread(() -> tolerant(this::ready)).start();
    }

    /** Does what may fail now because it is tried again later. */
    private static void tolerant(Runnable work) {
        try {
            work.run();
        } catch (SkepException e) {
            LOGGER.log(Level.FINE, "Put off", e);
        }
    }

    private void ready() {
        if (prepared) {
            return;
        }
        synchronized (preparing) {
            if (!prepared) {
                new Layout(client, clock).prepare();
                prepared = true;
                THREADS.newThread(() -> tolerant(sweeper::sweepMarked)).start();
            }
        }
    }

    @Override
    public List<String> databaseNames() {
        ready();
        return client.children(NodePaths.DATABASES).orElse(List.of()).stream()
                .map(NodePaths::decode)
                .sorted()
                .toList();
    }

    @Override
    public Optional<Database> database(String name) {
        ready();
        String path = NodePaths.database(NodePaths.lower(name));
        Database cached = cache.get(path, Database.class);
        if (cached != null) {
            return Optional.of(cached);
        }
        long ticket = cache.ticket();
        return client.get(path)
                .map(
                        node -> {
                            long zxid = node.stat().getMzxid();
                            Database read = ObjectCodec.database(path, node.data(), zxid);
                            cache.read(path, read, zxid, ticket);
                            return read;
                        });
    }

    @Override
    public Database createDatabase(Database definition) {
        ready();
        Database lower = lowered(definition);
        String path = NodePaths.database(lower.name());
        try {
            client.write(
                    zooKeeper ->
                            zooKeeper.create(
                                    path,
                                    ObjectCodec.database(lower),
                                    client.acl(),
                                    CreateMode.PERSISTENT));
        } catch (KeeperException.NodeExistsException e) {
            throw new SkepException(
                    ErrorCode.DATABASE_EXISTS, "Database already exists: " + lower.name(), e);
        } catch (KeeperException e) {
            throw ZooKeeperClient.unexpected(path, e);
        }
        cache.forget(path);
        return requireDatabase(lower.name());
    }

    private static Database lowered(Database database) {
        return new Database(
                NodePaths.lower(database.name()),
                database.comment(),
                database.location(),
                database.owner(),
                database.properties(),
                database.createTime(),
                database.version());
    }

    @Override
    public Database alterDatabase(Database changed) {
        ready();
        Database lower = lowered(changed);
        String path = NodePaths.database(lower.name());
        ZooKeeperClient.Node node =
                client.get(path)
                        .orElseThrow(
                                () ->
                                        new SkepException(
                                                ErrorCode.DATABASE_NOT_FOUND,
                                                "Database not found: " + lower.name()));
        if (node.stat().getMzxid() != lower.version()) {
            throw Committer.databaseChanged(lower);
        }
        try {
            byte[] data = ObjectCodec.database(lower);
            Stat stat =
                    client.write(
                            zooKeeper -> zooKeeper.setData(path, data, node.stat().getVersion()));
            Database written = ObjectCodec.database(path, data, stat.getMzxid());
            cache.wrote(path, written, stat.getMzxid());
            return written;
        } catch (KeeperException e) {
            cache.forget(path);
            throw Committer.databaseChanged(lower);
        }
    }

    @Override
    public List<String> tableNames(String database) {
        ready();
        String path = NodePaths.database(NodePaths.lower(database));
        List<String> shards =
                client.children(path)
                        .orElseThrow(
                                () ->
                                        new SkepException(
                                                ErrorCode.DATABASE_NOT_FOUND,
                                                "Database not found: " + database));
        List<String> paths = shards.stream().map(shard -> path + "/" + shard).toList();
        return client.childrenOfAll(paths).stream()
                .flatMap(List::stream)
                .map(NodePaths::decode)
                .sorted()
                .toList();
    }

    @Override
    public List<Table> tables(String database, Predicate<String> pattern) {
        String lower = NodePaths.lower(database);
        Map<String, String> ids = new LinkedHashMap<>();
        List<String> names = tableNames(database, pattern);
        List<String> namePaths = names.stream().map(n -> NodePaths.name(lower, n)).toList();
        List<ZooKeeperClient.Node> nameNodes = client.getAll(namePaths);
        for (int i = 0; i < names.size(); i++) {
            if (nameNodes.get(i) != null) {
                String id = id(namePaths.get(i), nameNodes.get(i));
                ids.put(NodePaths.table(id), names.get(i));
            }
        }
        List<String> paths = new ArrayList<>(ids.keySet());
        List<ZooKeeperClient.Node> nodes = client.getAll(paths);
        List<Table> tables = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            ZooKeeperClient.Node node = nodes.get(i);
            if (node != null) {
                tables.add(ObjectCodec.table(paths.get(i), node.data(), node.stat().getVersion()));
            }
        }
        return tables;
    }

    private static String id(String path, ZooKeeperClient.Node node) {
        return ObjectCodec.text(path, NodeFormat.KIND_NAME, node.data());
    }

    @Override
    public Optional<Table> table(String database, String name) {
        ready();
        String namePath = NodePaths.name(NodePaths.lower(database), NodePaths.lower(name));
        Optional<String> id = tableId(namePath);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        String path = NodePaths.table(id.get());
        Table cached = cache.get(path, Table.class);
        if (cached != null) {
            return Optional.of(cached);
        }
        long ticket = cache.ticket();
        Optional<ZooKeeperClient.Node> node = client.get(path);
        if (node.isEmpty()) {
            cache.forget(namePath);
            return Optional.empty();
        }
        Stat stat = node.get().stat();
        Table read = ObjectCodec.table(path, node.get().data(), stat.getVersion());
        cache.read(path, read, stat.getMzxid(), ticket);
        return Optional.of(read);
    }

    private Optional<String> tableId(String namePath) {
        String cached = cache.get(namePath, String.class);
        if (cached != null) {
            return Optional.of(cached);
        }
        long ticket = cache.ticket();
        return client.get(namePath)
                .map(
                        node -> {
                            String id = id(namePath, node);
                            cache.read(namePath, id, node.stat().getMzxid(), ticket);
                            return id;
                        });
    }

    @Override
    public List<Table> commit(CatalogueChange change) {
        ready();
        List<Table> tables =
                new Committer(client, partitions, sweeper, cache, clock).commit(change);
        tolerant(sweeper::sweepDue);
        return tables;
    }

    @Override
    public Optional<Partition> partition(Table table, List<String> values) {
        ready();
        return partitions.find(
                table,
                values.stream().map(v -> v.isEmpty() ? PartitionName.DEFAULT_VALUE : v).toList());
    }

    @Override
    public List<List<String>> partitionValues(Table table) {
        ready();
        return partitions.values(table);
    }

    @Override
    public List<String> partitionNames(Table table) {
        ready();
        return partitions.names(table);
    }

    @Override
    public List<Partition> partitions(Table table, Predicate<List<String>> values) {
        ready();
        return partitions.select(table, values);
    }

    @Override
    public PartitionSummary partitionSummary(Table table) {
        ready();
        return partitions.summary(table);
    }

    @Override
    public Map<Integer, ColumnStatistics> columnStatistics(Table table) {
        ready();
        Optional<String> name = table.state().statistics();
        if (name.isEmpty()) {
            return Map.of();
        }
        String path = NodePaths.content(table.id(), name.get());
        ZooKeeperClient.Node node =
                client.get(path).orElseThrow(() -> PartitionStore.changed(table));
        return ObjectCodec.statistics(path, node.data());
    }

    @Override
    public List<PendingJournal> journals() {
        ready();
        List<String> paths =
                client.children(NodePaths.JOURNALS).orElse(List.of()).stream()
                        .sorted()
                        .map(name -> NodePaths.JOURNALS + "/" + name)
                        .toList();
        List<ZooKeeperClient.Node> nodes = client.getAll(paths);
        List<PendingJournal> journals = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            if (nodes.get(i) != null) {
                journals.add(ObjectCodec.journal(paths.get(i), nodes.get(i).data()));
            }
        }
        return journals;
    }

    @Override
    public void clearJournal(PendingJournal journal) {
        ready();
        client.deleteAll(List.of(new ZooKeeperClient.OldNode(NodePaths.journal(journal.id()), -1)));
    }

    @Override
    public void close() {
        if (prepared && ensemble.alive()) {
            // What is left keeps its marker for the next opening.
            tolerant(() -> sweeper.sweepAtEnd(TABLES_SWEPT_AT_END));
        }
        client.close();
        ensemble.close();
    }
}
