package org.skep.metastore.zookeeper;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.data.Stat;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.time.Clock;
import org.skep.metastore.CatalogueChange;
import org.skep.metastore.CatalogueStep;
import org.skep.metastore.ColumnStatistics;
import org.skep.metastore.Database;
import org.skep.metastore.PartitionEdits;
import org.skep.metastore.Table;
import org.skep.metastore.TableState;

/**
 * One commit: writes buckets and statistics ahead, then makes the change visible by one versioned
 * set of the table's node, or by one multi where more than one node changes. Confined to one
 * thread, used once.
 */
final class Committer implements CatalogueStep.Visitor<Void> {
    private static final int TABLE_BYTES = 512 << 10;
    private static final int MULTI_BYTES = 900 << 10;
    private static final int OPERATION_BYTES = 96;
    private static final int RECENT_COMMITS = 4;
    private static final Duration WRITTEN_AHEAD = Duration.ofMinutes(30);

    private final ZooKeeperClient client;
    private final PartitionStore partitions;
    private final Sweeper sweeper;
    private final ObjectCache cache;
    private final Clock clock;
    private final long commitId = ThreadLocalRandom.current().nextLong();
    private final List<Planned> planned = new ArrayList<>();
    private final List<Table> results = new ArrayList<>();
    private final List<String> forgotten = new ArrayList<>();
    private final List<Leftover> leftovers = new ArrayList<>();
    private final long begun;

    /** A write of the commit. Immutable. */
    private static final class Planned {
        private final Op operation;
        private final String path;
        private final byte[] data;
        private final int version;
        private final Function<Code, SkepException> failure;
        private final int table;

        /**
         * A write.
         *
         * @param data new content, empty for a deletion
         * @param version that the node must have, or -1
         * @param failure what a refusal by the server means
         * @param table the index in the results of the table whose node this is, or -1
         */
        Planned(
                Op operation,
                String path,
                byte[] data,
                int version,
                Function<Code, SkepException> failure,
                int table) {
            this.operation = operation;
            this.path = path;
            this.data = data;
            this.version = version;
            this.failure = failure;
            this.table = table;
        }

        boolean makesNode() {
            return data.length > 0 && version < 0;
        }
    }

    /** What may be referred to by nothing after this commit, or after its failure. */
    private record Leftover(Table base, WriteAhead ahead) {
        void handTo(Sweeper sweeper) {
            Set<String> names = new HashSet<>(Sweeper.references(base.state()));
            long bytes = ahead.bytes();
            if (bytes == 0) {
                for (TableState.Bucket bucket : base.state().buckets()) {
                    bytes += bucket.bytes();
                }
            }
            names.addAll(ahead.names());
            if (!names.isEmpty()) {
                sweeper.replaced(base.id(), names, bytes);
            }
        }
    }

    Committer(
            ZooKeeperClient client,
            PartitionStore partitions,
            Sweeper sweeper,
            ObjectCache cache,
            Clock clock) {
        this.client = client;
        this.partitions = partitions;
        this.sweeper = sweeper;
        this.cache = cache;
        this.clock = clock;
        begun = clock.nanoTime();
    }

    /** Makes the change. */
    List<Table> commit(CatalogueChange change) {
        sweeper.beginCommit();
        try {
            change.steps().forEach(step -> step.accept(this));
            change.journal()
                    .ifPresent(
                            journal ->
                                    create(
                                            NodePaths.journal(journal.id()),
                                            ObjectCodec.journal(journal),
                                            -1,
                                            code ->
                                                    new IllegalStateException(
                                                            "Journal exists: " + journal.id())));
            Crash.point("catalogue.before-commit");
            if (clock.nanoTime() - begun > WRITTEN_AHEAD.toNanos()) {
                throw new SkepException(
                        ErrorCode.CONFLICT, "Commit took longer than " + WRITTEN_AHEAD);
            }
            publish();
            Crash.point("catalogue.after-commit");
        } finally {
            forgotten.forEach(cache::forget);
            leftovers.forEach(leftover -> leftover.handTo(sweeper));
            sweeper.endCommit();
        }
        return List.copyOf(results);
    }

    @Override
    public Void createTable(CatalogueStep.CreateTable step) {
        Table definition = lowered(step.definition());
        checkName(definition.name());
        String id = newId();
        String namePath = NodePaths.name(definition.database(), definition.name());
        WriteAhead ahead = new WriteAhead(client, id, Set.of());
        Table base = definition.toBuilder().identity(id, 0, TableState.NEW).build();
        TableState state =
                state(base, base, step.partitions(), Optional.of(step.columnStatistics()), ahead);
        Table table = base.toBuilder().identity(id, 1, state).build();
        create(namePath, ObjectCodec.text(NodeFormat.KIND_NAME, id), -1, nameFailure(table));
        results.add(table);
        create(
                NodePaths.table(id),
                tableNode(table),
                results.size() - 1,
                code -> PartitionStore.changed(table));
        forgotten.add(namePath);
        return null;
    }

    private static String newId() {
        // Random, since several processes may make tables; never zero-padded numbers that recur.
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private static Table lowered(Table table) {
        return table.toBuilder()
                .name(NodePaths.lower(table.database()), NodePaths.lower(table.name()))
                .build();
    }

    private static void checkName(String name) {
        if (name.length() > 128 || name.chars().anyMatch(c -> c < ' ' || c == '/')) {
            throw new SkepException(
                    ErrorCode.INVALID_TABLE_NAME,
                    "Name must have at most 128 characters and no slash: " + name);
        }
    }

    @Override
    public Void alterTable(CatalogueStep.AlterTable step) {
        Table base = step.base();
        WriteAhead ahead = new WriteAhead(client, base.id(), Sweeper.references(base.state()));
        TableState state =
                state(base, step.changed(), step.partitions(), step.columnStatistics(), ahead);
        Table table =
                lowered(step.changed()).toBuilder()
                        .identity(base.id(), base.version() + 1, state)
                        .build();
        results.add(table);
        String path = NodePaths.table(base.id());
        byte[] data = tableNode(table);
        planned.add(
                new Planned(
                        Op.setData(path, data, base.state().nodeVersion()),
                        path,
                        data,
                        base.state().nodeVersion(),
                        code -> PartitionStore.changed(base),
                        results.size() - 1));
        forgotten.add(path);
        if (!base.name().equals(table.name()) || !base.database().equals(table.database())) {
            checkName(table.name());
            String namePath = NodePaths.name(table.database(), table.name());
            create(
                    namePath,
                    ObjectCodec.text(NodeFormat.KIND_NAME, table.id()),
                    -1,
                    nameFailure(table));
            delete(NodePaths.name(base.database(), base.name()), -1, base);
            forgotten.add(namePath);
        }
        return null;
    }

    private TableState state(
            Table base,
            Table changed,
            PartitionEdits edits,
            Optional<Map<Integer, ColumnStatistics>> statistics,
            WriteAhead ahead) {
        if (changed.partitionColumns().size() != base.partitionColumns().size()
                && base.partitionCount() > 0) {
            throw new IllegalArgumentException(
                    "Partition columns must stay while there are partitions: "
                            + base.qualifiedName());
        }
        if (!edits.isEmpty() || statistics.isPresent()) {
            leftovers.add(new Leftover(base, ahead));
        }
        TableState edited =
                edits.isEmpty()
                        ? base.state()
                        : partitions.edit(
                                changed.toBuilder()
                                        .identity(base.id(), base.version(), base.state())
                                        .build(),
                                edits,
                                ahead);
        Optional<String> statisticsName = edited.statistics();
        if (statistics.isPresent()) {
            statisticsName =
                    statistics.get().isEmpty()
                            ? Optional.empty()
                            : Optional.of(ahead.write(statisticsNode(changed, statistics.get())));
        }
        ahead.finish();
        Crash.point("catalogue.after-write-ahead");
        List<Long> commits = new ArrayList<>(base.state().recentCommits());
        commits.add(0, commitId);
        TableState state =
                new TableState(
                        edited.nodeVersion(),
                        edited.partitionCount(),
                        edited.buckets(),
                        statisticsName,
                        commits.subList(0, Math.min(RECENT_COMMITS, commits.size())));
        return state;
    }

    private static byte[] statisticsNode(Table table, Map<Integer, ColumnStatistics> statistics) {
        byte[] node = ObjectCodec.statistics(statistics);
        if (node.length > TABLE_BYTES) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED,
                    "Statistics take more than %d bytes: %s"
                            .formatted(TABLE_BYTES, table.qualifiedName()));
        }
        return node;
    }

    private static byte[] tableNode(Table table) {
        byte[] node = ObjectCodec.table(table);
        if (node.length > TABLE_BYTES) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED,
                    "Definition takes more than %d bytes: %s"
                            .formatted(TABLE_BYTES, table.qualifiedName()));
        }
        return node;
    }

    @Override
    public Void dropTable(CatalogueStep.DropTable step) {
        Table base = step.base();
        if (!Sweeper.references(base.state()).isEmpty()) {
            client.createAll(
                    List.of(
                            new ZooKeeperClient.NewNode(
                                    NodePaths.unswept(base.id()), new byte[0])));
            leftovers.add(new Leftover(base, new WriteAhead(client, base.id(), Set.of())));
        }
        delete(NodePaths.table(base.id()), base.state().nodeVersion(), base);
        delete(NodePaths.name(base.database(), base.name()), -1, base);
        return null;
    }

    private void delete(String path, int version, Table base) {
        planned.add(
                new Planned(
                        Op.delete(path, version),
                        path,
                        new byte[0],
                        version,
                        code -> PartitionStore.changed(base),
                        -1));
        forgotten.add(path);
    }

    @Override
    public Void dropDatabase(CatalogueStep.DropDatabase step) {
        Database base = step.base();
        if (base.name().equals(Database.DEFAULT)) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED, "Database must not be dropped: " + base.name());
        }
        String path = NodePaths.database(base.name());
        ZooKeeperClient.Node node =
                client.get(path)
                        .filter(found -> found.stat().getMzxid() == base.version())
                        .orElseThrow(() -> databaseChanged(base));
        Function<Code, SkepException> failure =
                code ->
                        code == Code.NOTEMPTY
                                ? new SkepException(
                                        ErrorCode.DATABASE_NOT_EMPTY,
                                        "Database is not empty: " + base.name())
                                : databaseChanged(base);
        for (String shard : client.children(path).orElse(List.of())) {
            String shardPath = path + "/" + shard;
            planned.add(
                    new Planned(Op.delete(shardPath, -1), shardPath, new byte[0], -1, failure, -1));
        }
        int version = node.stat().getVersion();
        planned.add(new Planned(Op.delete(path, version), path, new byte[0], version, failure, -1));
        forgotten.add(path);
        return null;
    }

    static SkepException databaseChanged(Database base) {
        return new SkepException(
                ErrorCode.CONFLICT, "Database was changed by another session: " + base.name());
    }

    private Function<Code, SkepException> nameFailure(Table table) {
        return code ->
                code == Code.NODEEXISTS
                        ? new SkepException(
                                ErrorCode.TABLE_EXISTS,
                                "Table already exists: " + table.qualifiedName())
                        : new SkepException(
                                ErrorCode.DATABASE_NOT_FOUND,
                                "Database not found: " + table.database());
    }

    private void create(
            String path,
            byte[] data,
            int table,
            Function<Code, ? extends RuntimeException> failure) {
        planned.add(
                new Planned(
                        Op.create(path, data, client.acl(), CreateMode.PERSISTENT),
                        path,
                        data,
                        -1,
                        code -> {
                            RuntimeException refused = failure.apply(code);
                            if (refused instanceof SkepException skep) {
                                return skep;
                            }
                            throw refused;
                        },
                        table));
    }

    private void publish() {
        long size = 0;
        for (Planned write : planned) {
            size += write.data.length + write.path.length() + OPERATION_BYTES;
        }
        if (size > MULTI_BYTES) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED,
                    "Change is too large for one commit: %d bytes".formatted(size));
        }
        try {
            if (planned.size() == 1 && planned.get(0).table >= 0) {
                Planned only = planned.get(0);
                Stat stat =
                        client.write(
                                zooKeeper -> zooKeeper.setData(only.path, only.data, only.version));
                written(only, stat);
            } else {
                publishTogether(true);
            }
        } catch (KeeperException e) {
            throw planned.get(0).failure.apply(e.code());
        } catch (SkepException e) {
            settle(e);
        }
    }

    private void publishTogether(boolean makeShards) throws KeeperException {
        List<OpResult> answers;
        try {
            answers = client.multi(planned.stream().map(write -> write.operation).toList());
        } catch (KeeperException e) {
            int failed = failedOperation(e);
            if (failed < 0) {
                throw ZooKeeperClient.unexpected("", e);
            }
            Planned refused = planned.get(failed);
            Code code = Code.get(((OpResult.ErrorResult) e.getResults().get(failed)).getErr());
            if (code == Code.NONODE && refused.makesNode() && makeShards) {
                makeShards();
                publishTogether(false);
                return;
            }
            throw refused.failure.apply(code);
        }
        for (int i = 0; i < answers.size(); i++) {
            Stat stat = answers.get(i) instanceof OpResult.SetDataResult set ? set.getStat() : null;
            written(planned.get(i), stat);
        }
    }

    private static int failedOperation(KeeperException failure) {
        List<OpResult> results = failure.getResults();
        for (int i = 0; results != null && i < results.size(); i++) {
            if (results.get(i) instanceof OpResult.ErrorResult error
                    && error.getErr() != Code.OK.intValue()
                    && error.getErr() != Code.RUNTIMEINCONSISTENCY.intValue()) {
                return i;
            }
        }
        return -1;
    }

    // Shards are made when first needed; a missing database shows by its shard not being made.
    private void makeShards() {
        for (Planned write : planned) {
            if (write.makesNode()) {
                makeShard(write);
            }
        }
    }

    private void makeShard(Planned write) {
        String parent = write.path.substring(0, write.path.lastIndexOf('/'));
        try {
            client.write(
                    zooKeeper ->
                            zooKeeper.create(
                                    parent, new byte[0], client.acl(), CreateMode.PERSISTENT));
        } catch (KeeperException e) {
            // One that is there was made by someone else, or for an earlier table.
            if (e.code() != Code.NODEEXISTS) {
                throw write.failure.apply(e.code());
            }
        }
    }

    private void written(Planned write, Stat stat) {
        if (write.table < 0) {
            return;
        }
        Table table = results.get(write.table);
        TableState state = table.state();
        Table stored =
                table.toBuilder()
                        .identity(
                                table.id(),
                                table.version(),
                                new TableState(
                                        stat == null ? 0 : stat.getVersion(),
                                        state.partitionCount(),
                                        state.buckets(),
                                        state.statistics(),
                                        state.recentCommits()))
                        .build();
        results.set(write.table, stored);
        if (stat != null) {
            forgotten.remove(write.path);
            cache.wrote(write.path, stored, stat.getMzxid());
        }
    }

    // After a lost connection the nodes tell whether the commit happened.
    private void settle(SkepException failure) {
        if (failure.code() != ErrorCode.CATALOGUE_UNAVAILABLE || results.isEmpty()) {
            throw failure;
        }
        Table first = results.get(0);
        String path = NodePaths.table(first.id());
        Optional<Table> now =
                client.get(path).map(n -> ObjectCodec.table(path, n.data(), n.stat().getVersion()));
        if (now.isEmpty() || !now.get().state().recentCommits().contains(commitId)) {
            throw failure;
        }
        for (int i = 0; i < results.size(); i++) {
            Table table = results.get(i);
            String tablePath = NodePaths.table(table.id());
            results.set(
                    i,
                    client.get(tablePath)
                            .map(n -> ObjectCodec.table(tablePath, n.data(), n.stat().getVersion()))
                            .orElse(table));
        }
    }
}
