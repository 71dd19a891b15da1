package org.skep.metastore.zookeeper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.metastore.DataStatistics;
import org.skep.metastore.Partition;
import org.skep.metastore.PartitionEdits;
import org.skep.metastore.PartitionSummary;
import org.skep.metastore.Table;
import org.skep.metastore.TableState;
import org.skep.metastore.TableState.Bucket;

/**
 * The partitions of tables: in buckets by the hash of their names, each an immutable node called by
 * a hash of its content. A bucket that grows over {@link #BUCKET_BYTES} is split by the next bit of
 * the hash. Safe for use by many threads.
 */
final class PartitionStore {
    /** The largest bucket of more than one partition. */
    static final int BUCKET_BYTES = 256 << 10;

    // Text compresses at least that well, so a bucket is split before it is compressed in vain.
    private static final int RAW_BYTES = 4 * BUCKET_BYTES;
    private static final int NODE_BYTES = ZooKeeperClient.PACKET_BYTES - (64 << 10);
    private static final int BUCKETS_AT_ONCE = 16;
    private static final long CACHE_BYTES = 64L << 20;
    private static final int SUMMARIES = 64;

    private final ZooKeeperClient client;
    private final Map<String, BucketContent> cache = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<String, PartitionSummary> summaries = new LinkedHashMap<>(64, 0.75f, true);
    private long cacheBytes;

    PartitionStore(ZooKeeperClient client) {
        this.client = client;
    }

    /** A partition's place in the order of names. */
    private record Place(String name, List<String> values) {}

    /** The values of all partitions in the order of their names. */
    List<List<String>> values(Table table) {
        return places(table).stream().map(Place::values).toList();
    }

    /** The names of all partitions, sorted. */
    List<String> names(Table table) {
        return places(table).stream().map(Place::name).toList();
    }

    private List<Place> places(Table table) {
        List<Place> places = new ArrayList<>();
        for (List<Bucket> group : groups(table.state().buckets())) {
            for (BucketContent content : contents(table, group)) {
                for (List<String> values : content.values()) {
                    places.add(new Place(table.partitionName(values), values));
                }
            }
        }
        places.sort((left, right) -> left.name().compareTo(right.name()));
        return places;
    }

    /** The partition with these values. */
    Optional<Partition> find(Table table, List<String> values) {
        int hash = NodePaths.hash(table.partitionName(values));
        for (Bucket bucket : table.state().buckets()) {
            if (bucket.covers(hash)) {
                BucketContent content = contents(table, List.of(bucket)).get(0);
                int index = content.indexOf(values);
                return index < 0
                        ? Optional.empty()
                        : Optional.of(content.partition(content.entries().get(index)));
            }
        }
        return Optional.empty();
    }

    /** The partitions whose values are accepted, sorted by name. */
    List<Partition> select(Table table, Predicate<List<String>> accepted) {
        TreeMap<String, Partition> found = new TreeMap<>();
        for (List<Bucket> group : groups(table.state().buckets())) {
            for (BucketContent content : contents(table, group)) {
                select(table, content, accepted, found);
            }
        }
        return new ArrayList<>(found.values());
    }

    private static void select(
            Table table,
            BucketContent content,
            Predicate<List<String>> accepted,
            Map<String, Partition> found) {
        List<BucketContent.Entry> entries = null;
        for (int i = 0; i < content.values().size(); i++) {
            List<String> values = content.values().get(i);
            if (accepted.test(values)) {
                if (entries == null) {
                    entries = content.entries();
                }
                found.put(table.partitionName(values), content.partition(entries.get(i)));
            }
        }
    }

    /** All partitions in sum. */
    PartitionSummary summary(Table table) {
        if (table.state().buckets().isEmpty()) {
            return summarize(table);
        }
        String key = table.id() + "/" + table.version();
        synchronized (summaries) {
            PartitionSummary known = summaries.get(key);
            if (known != null) {
                return known;
            }
        }
        PartitionSummary summary = summarize(table);
        synchronized (summaries) {
            summaries.put(key, summary);
            if (summaries.size() > SUMMARIES) {
                summaries.remove(summaries.keySet().iterator().next());
            }
        }
        return summary;
    }

    private PartitionSummary summarize(Table table) {
        DataStatistics data = DataStatistics.EMPTY;
        List<Set<String>> distinct = new ArrayList<>();
        table.partitionColumns().forEach(column -> distinct.add(new HashSet<>()));
        List<Partition> sample = new ArrayList<>();
        for (List<Bucket> group : groups(table.state().buckets())) {
            for (BucketContent content : contents(table, group)) {
                data = BucketContent.sum(data, content.data());
                for (List<String> values : content.values()) {
                    for (int i = 0; i < distinct.size(); i++) {
                        distinct.get(i).add(values.get(i));
                    }
                }
                sample(content, sample);
            }
        }
        return new PartitionSummary(data, distinct.stream().map(Set::size).toList(), sample);
    }

    // The first bucket is a sample already, since hashes decide what is in it.
    private static void sample(BucketContent content, List<Partition> sample) {
        int size = content.values().size();
        int wanted = Math.min(size, PartitionSummary.SAMPLE - sample.size());
        if (wanted > 0) {
            List<BucketContent.Entry> entries = content.entries();
            for (int i = 0; i < wanted; i++) {
                int index = (int) ((long) i * size / wanted);
                sample.add(content.partition(entries.get(index)));
            }
        }
    }

    private static List<List<Bucket>> groups(Collection<Bucket> buckets) {
        List<Bucket> all = new ArrayList<>(buckets);
        List<List<Bucket>> groups = new ArrayList<>();
        for (int i = 0; i < all.size(); i += BUCKETS_AT_ONCE) {
            groups.add(all.subList(i, Math.min(all.size(), i + BUCKETS_AT_ONCE)));
        }
        return groups;
    }

    private List<BucketContent> contents(Table table, List<Bucket> buckets) {
        List<BucketContent> contents = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Map<String, BucketContent> read = new HashMap<>();
        for (Bucket bucket : buckets) {
            String path = NodePaths.content(table.id(), bucket.name());
            BucketContent cached = cached(path);
            if (cached == null) {
                missing.add(path);
            } else {
                read.put(path, cached);
            }
        }
        List<ZooKeeperClient.Node> nodes = client.getAll(missing);
        for (int i = 0; i < missing.size(); i++) {
            if (nodes.get(i) == null) {
                throw changed(table);
            }
            String path = missing.get(i);
            BucketContent content = BucketContent.decode(path, nodes.get(i).data());
            read.put(path, content);
            remember(path, content);
        }
        for (Bucket bucket : buckets) {
            contents.add(read.get(NodePaths.content(table.id(), bucket.name())));
        }
        return contents;
    }

    static SkepException changed(Table table) {
        return new SkepException(
                ErrorCode.CONFLICT,
                "Table was changed by another session: " + table.qualifiedName());
    }

    private BucketContent cached(String path) {
        synchronized (cache) {
            return cache.get(path);
        }
    }

    private void remember(String path, BucketContent content) {
        synchronized (cache) {
            BucketContent old = cache.put(path, content);
            cacheBytes += content.weight() - (old == null ? 0 : old.weight());
            var oldest = cache.entrySet().iterator();
            while (cacheBytes > CACHE_BYTES && oldest.hasNext()) {
                cacheBytes -= oldest.next().getValue().weight();
                oldest.remove();
            }
        }
    }

    /** Takes nodes that are to be written before the commit that refers to them. */
    @FunctionalInterface
    interface Sink {
        /** Writes {@code node} and says under which content name. */
        String write(byte[] node);
    }

    /** What one bucket shall lose and gain, by partition name. */
    private record Edit(
            Map<String, Partition> added, Map<String, Partition> put, List<String> drop) {
        Edit() {
            this(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
        }
    }

    /**
     * The state of {@code base} after some edits; new buckets go to the sink.
     *
     * @throws SkepException PARTITION_EXISTS, PARTITION_NOT_FOUND
     */
    TableState edit(Table base, PartitionEdits edits, Sink sink) {
        Map<Bucket, Edit> work = new LinkedHashMap<>();
        List<Bucket> places = new ArrayList<>(base.state().buckets());
        for (Partition partition : edits.added()) {
            String name = base.partitionName(partition.values());
            editOf(name, places, work).added().put(name, partition);
        }
        for (Partition partition : edits.put()) {
            String name = base.partitionName(partition.values());
            editOf(name, places, work).put().put(name, partition);
        }
        for (List<String> values : edits.dropped()) {
            String name = base.partitionName(values);
            editOf(name, places, work).drop().add(name);
        }
        List<Bucket> result = new ArrayList<>(base.state().buckets());
        result.removeAll(work.keySet());
        for (List<Bucket> group : groups(work.keySet())) {
            List<Bucket> stored = group.stream().filter(b -> b.partitions() > 0).toList();
            Map<Bucket, BucketContent> contents = new HashMap<>();
            List<BucketContent> read = contents(base, stored);
            for (int i = 0; i < stored.size(); i++) {
                contents.put(stored.get(i), read.get(i));
            }
            for (Bucket bucket : group) {
                BucketContent content = contents.get(bucket);
                Edit edit = work.get(bucket);
                if (!append(base, bucket, content, edit, sink, result)) {
                    write(
                            base,
                            bucket.prefixBits(),
                            bucket.prefix(),
                            edited(base, content, edit),
                            sink,
                            result);
                }
            }
        }
        result.sort((left, right) -> Integer.compareUnsigned(left.prefix(), right.prefix()));
        long count = result.stream().mapToLong(Bucket::partitions).sum();
        return new TableState(
                base.state().nodeVersion(),
                count,
                result,
                base.state().statistics(),
                base.state().recentCommits());
    }

    private static Edit editOf(String name, List<Bucket> places, Map<Bucket, Edit> work) {
        int hash = NodePaths.hash(name);
        for (Bucket bucket : places) {
            if (bucket.covers(hash)) {
                return work.computeIfAbsent(bucket, key -> new Edit());
            }
        }
        // No bucket is there yet: the widest range around the hash that overlaps none.
        int bits = 0;
        while (overlaps(bits, hash, places)) {
            bits++;
        }
        Bucket fresh = new Bucket(bits, prefix(hash, bits), "", 0, 0);
        places.add(fresh);
        return work.computeIfAbsent(fresh, key -> new Edit());
    }

    private static boolean overlaps(int bits, int hash, List<Bucket> places) {
        for (Bucket bucket : places) {
            int common = Math.min(bits, bucket.prefixBits());
            if (prefix(hash, common) == prefix(bucket.prefix(), common)) {
                return true;
            }
        }
        return false;
    }

    private static int prefix(int hash, int bits) {
        return bits == 0 ? 0 : hash & -1 << (32 - bits);
    }

    // Adding partitions to a bucket with room costs no more than to compress what is added.
    private boolean append(
            Table table,
            Bucket bucket,
            BucketContent content,
            Edit edit,
            Sink sink,
            List<Bucket> result) {
        if (content == null
                || content.segments() == BucketContent.MOST_SEGMENTS
                || !edit.drop().isEmpty()) {
            return false;
        }
        TreeMap<String, BucketContent.Entry> entries = new TreeMap<>();
        edit.added().forEach((name, partition) -> entries.put(name, entry(partition)));
        edit.put().forEach((name, partition) -> entries.put(name, entry(partition)));
        for (BucketContent.Entry entry : entries.values()) {
            if (content.indexOf(entry.values()) >= 0) {
                return false;
            }
        }
        byte[] node = content.encodeWith(entries.values());
        if (node.length > BUCKET_BYTES) {
            return false;
        }
        store(
                table,
                bucket.prefixBits(),
                bucket.prefix(),
                bucket.partitions() + entries.size(),
                node,
                sink,
                result);
        return true;
    }

    private void store(
            Table table,
            int bits,
            int prefix,
            int partitions,
            byte[] node,
            Sink sink,
            List<Bucket> result) {
        String name = sink.write(node);
        result.add(new Bucket(bits, prefix, name, partitions, node.length));
        String path = NodePaths.content(table.id(), name);
        remember(path, BucketContent.decode(path, node));
    }

    private static SortedMap<String, BucketContent.Entry> edited(
            Table table, BucketContent content, Edit edit) {
        TreeMap<String, BucketContent.Entry> entries = new TreeMap<>();
        if (content != null) {
            for (BucketContent.Entry entry : content.entries()) {
                entries.put(table.partitionName(entry.values()), entry);
            }
        }
        for (String name : edit.drop()) {
            if (entries.remove(name) == null) {
                throw new SkepException(
                        ErrorCode.PARTITION_NOT_FOUND,
                        "Partition not found in %s: %s".formatted(table.qualifiedName(), name));
            }
        }
        edit.added()
                .forEach(
                        (name, partition) -> {
                            if (entries.put(name, entry(partition)) != null) {
                                throw new SkepException(
                                        ErrorCode.PARTITION_EXISTS,
                                        "Partition already exists in %s: %s"
                                                .formatted(table.qualifiedName(), name));
                            }
                        });
        edit.put().forEach((name, partition) -> entries.put(name, entry(partition)));
        return entries;
    }

    private static BucketContent.Entry entry(Partition partition) {
        return new BucketContent.Entry(partition.values(), BucketContent.body(partition));
    }

    private void write(
            Table table,
            int bits,
            int prefix,
            SortedMap<String, BucketContent.Entry> entries,
            Sink sink,
            List<Bucket> result) {
        if (entries.isEmpty()) {
            return;
        }
        boolean divisible = entries.size() > 1 && bits < 32;
        long raw = 0;
        for (BucketContent.Entry entry : entries.values()) {
            raw += entry.size();
        }
        byte[] node = null;
        if (raw <= RAW_BYTES || !divisible) {
            node = BucketContent.encode(entries.values());
        }
        if (node == null || (node.length > BUCKET_BYTES && divisible)) {
            split(table, bits, prefix, entries, sink, result);
            return;
        }
        if (node.length > NODE_BYTES) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED,
                    "Partition has too many parameters or statistics: " + entries.firstKey());
        }
        store(table, bits, prefix, entries.size(), node, sink, result);
    }

    private void split(
            Table table,
            int bits,
            int prefix,
            SortedMap<String, BucketContent.Entry> entries,
            Sink sink,
            List<Bucket> result) {
        TreeMap<String, BucketContent.Entry> zeros = new TreeMap<>();
        TreeMap<String, BucketContent.Entry> ones = new TreeMap<>();
        int bit = 1 << (31 - bits);
        entries.forEach(
                (name, entry) -> {
                    var half = (NodePaths.hash(name) & bit) == 0 ? zeros : ones;
                    half.put(name, entry);
                });
        write(table, bits + 1, prefix, zeros, sink, result);
        write(table, bits + 1, prefix | bit, ones, sink, result);
    }
}
