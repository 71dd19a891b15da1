package org.skep.metastore.zookeeper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.skep.metastore.Partition;

/**
 * One bucket of partitions as it is stored: the values of all of them, and apart from these, so
 * that pruning need not read it, everything else. Immutable.
 *
 * <pre>
 * count            unsigned
 * values a row     unsigned
 * values length    unsigned, before compression
 * values           bytes, deflated: for each partition its values as texts
 * bodies length    unsigned, before compression
 * bodies           bytes, deflated: for each partition bytes as {@link #body} makes them
 * </pre>
 */
final class BucketContent {
    /** What a partition takes in memory besides its compressed form, about. */
    private static final int BYTES_A_PARTITION = 160;

    private final String path;
    private final List<List<String>> values;
    private final byte[] bodies;
    private final int bodiesLength;

    /** A partition of which only the values are decoded. */
    record Entry(List<String> values, byte[] body) {
        int size() {
            int size = body.length + 4;
            for (String value : values) {
                size += value.length() + 1;
            }
            return size;
        }
    }

    private BucketContent(
            String path, List<List<String>> values, byte[] bodies, int bodiesLength) {
        this.path = path;
        this.values = values;
        this.bodies = bodies;
        this.bodiesLength = bodiesLength;
    }

    /** The node of some partitions, in their order. */
    static byte[] encode(Collection<Entry> entries) {
        ByteWriter names = new ByteWriter();
        ByteWriter bodies = new ByteWriter();
        int width = 0;
        for (Entry entry : entries) {
            width = entry.values().size();
            entry.values().forEach(names::putText);
            bodies.putBytes(entry.body());
        }
        ByteWriter out = new ByteWriter();
        out.putUnsigned(entries.size());
        out.putUnsigned(width);
        out.putUnsigned(names.length());
        out.putBytes(NodeFormat.deflate(names.toBytes()));
        out.putUnsigned(bodies.length());
        out.putBytes(NodeFormat.deflate(bodies.toBytes()));
        return NodeFormat.wrapAsIs(NodeFormat.KIND_BUCKET, out.toBytes());
    }

    /** Reads a node. */
    static BucketContent decode(String path, byte[] node) {
        return NodeFormat.unwrap(path, NodeFormat.KIND_BUCKET, node, in -> decode(path, in));
    }

    private static BucketContent decode(String path, ByteReader in) {
        int count = in.takeSmall();
        int width = in.takeSmall();
        ByteReader names = new ByteReader(inflate(path, in.takeSmall(), in.takeBytes()));
        Map<String, String> known = new HashMap<>();
        List<List<String>> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String[] row = new String[width];
            for (int column = 0; column < width; column++) {
                String value = names.takeText();
                String same = known.putIfAbsent(value, value);
                row[column] = same == null ? value : same;
            }
            values.add(List.of(row));
        }
        int bodiesLength = in.takeSmall();
        return new BucketContent(path, values, in.takeBytes(), bodiesLength);
    }

    private static byte[] inflate(String path, int length, byte[] source) {
        try {
            return NodeFormat.inflate(source, 0, source.length, length);
        } catch (DataFormatException e) {
            throw NodeFormat.corrupt(path, e.getMessage(), e);
        }
    }

    /** The values of all partitions, in stored order. */
    List<List<String>> values() {
        return values;
    }

    /** Bytes that this object holds, about. */
    long weight() {
        return bodies.length + (long) values.size() * BYTES_A_PARTITION;
    }

    /** All partitions, undecoded. */
    List<Entry> entries() {
        ByteReader in = new ByteReader(inflate(path, bodiesLength, bodies));
        List<Entry> entries = new ArrayList<>(values.size());
        try {
            for (List<String> row : values) {
                entries.add(new Entry(row, in.takeBytes()));
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw NodeFormat.corrupt(path, e.getMessage(), e);
        }
        return entries;
    }

    /** Decodes one of {@link #entries}. */
    Partition partition(Entry entry) {
        try {
            ByteReader in = new ByteReader(entry.body());
            String location = in.takeText();
            var parameters = in.takeMap();
            var storage = in.takeOptional(ObjectCodec::takeStorage);
            var columns = in.takeOptional(reader -> reader.takeAll(ObjectCodec::takeColumn));
            var data = ObjectCodec.takeData(in);
            var statistics = ObjectCodec.takeStatistics(in);
            return new Partition(
                    entry.values(),
                    location,
                    parameters,
                    storage,
                    columns,
                    data,
                    statistics,
                    in.takeInstant());
        } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
            throw NodeFormat.corrupt(path, e.getMessage(), e);
        }
    }

    /** All of a partition but its values. */
    static byte[] body(Partition partition) {
        ByteWriter out = new ByteWriter();
        out.putText(partition.location());
        out.putMap(partition.parameters());
        out.putOptional(partition.storage(), ObjectCodec::putStorage);
        out.putOptional(
                partition.columns(),
                (writer, columns) -> writer.putAll(columns, ObjectCodec::putColumn));
        ObjectCodec.putData(out, partition.statistics());
        ObjectCodec.putStatistics(out, partition.columnStatistics());
        out.putInstant(partition.createTime());
        return out.toBytes();
    }
}
