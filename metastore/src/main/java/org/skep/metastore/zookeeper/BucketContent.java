package org.skep.metastore.zookeeper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.skep.metastore.DataStatistics;
import org.skep.metastore.Partition;

/**
 * One bucket of partitions as it is stored: segments, each with the values of its partitions and,
 * apart from these, so that pruning need not read it, everything else. A commit that only adds
 * partitions adds a segment instead of compressing the others again. Immutable.
 *
 * <pre>
 * segments         unsigned
 *   length         unsigned, of the bytes that follow for this segment
 *   count          unsigned, of partitions
 *   columns        unsigned, values of a partition
 *   values length  unsigned, before compression
 *   values         bytes, deflated: for each partition its values as texts
 *   bodies length  unsigned, before compression
 *   bodies         bytes, deflated: for each partition bytes as {@link #body} makes them
 * </pre>
 */
final class BucketContent {
    /** More segments than that are made one. */
    static final int MOST_SEGMENTS = 8;

    /** What a partition takes in memory besides its compressed form, about. */
    private static final int BYTES_A_PARTITION = 260;

    private final String path;
    private final List<byte[]> stored;
    private final List<Segment> segments;
    private final List<List<String>> values;
    // Worked out when first asked for; whoever does so at the same time gets the same.
    private volatile DataStatistics data;
    private volatile Map<String, Integer> places;

    /** A partition of which only the values are decoded. Immutable. */
    static final class Entry {
        private final List<String> values;
        private final byte[] body;

        Entry(List<String> values, byte[] body) {
            this.values = values;
            this.body = body;
        }

        /** The values of the partition columns. */
        List<String> values() {
            return values;
        }

        /** Bytes that it takes before compression, about. */
        int size() {
            int size = body.length + 4;
            for (String value : values) {
                size += value.length() + 1;
            }
            return size;
        }
    }

    private record Segment(List<List<String>> values, int bodiesAt, int bodiesLength) {}

    private BucketContent(String path, List<byte[]> stored, List<Segment> segments) {
        this.path = path;
        this.stored = stored;
        this.segments = segments;
        this.values =
                segments.size() == 1
                        ? segments.get(0).values()
                        : segments.stream().flatMap(s -> s.values().stream()).toList();
    }

    /** The node of some partitions, in their order. */
    static byte[] encode(Collection<Entry> entries) {
        return node(List.of(segment(entries)));
    }

    /** The node of these partitions and more, which are none of these. */
    byte[] encodeWith(Collection<Entry> more) {
        List<byte[]> all = new ArrayList<>(stored);
        all.add(segment(more));
        return node(all);
    }

    private static byte[] node(List<byte[]> segments) {
        ByteWriter out = new ByteWriter();
        out.putAll(segments, ByteWriter::putBytes);
        return NodeFormat.wrapAsIs(NodeFormat.KIND_BUCKET, out.toBytes());
    }

    private static byte[] segment(Collection<Entry> entries) {
        ByteWriter names = new ByteWriter();
        ByteWriter bodies = new ByteWriter();
        int width = 0;
        for (Entry entry : entries) {
            width = entry.values().size();
            entry.values().forEach(names::putText);
            bodies.putBytes(entry.body);
        }
        ByteWriter out = new ByteWriter();
        out.putUnsigned(entries.size());
        out.putUnsigned(width);
        out.putUnsigned(names.length());
        out.putBytes(NodeFormat.deflate(names.toBytes()));
        out.putUnsigned(bodies.length());
        out.putBytes(NodeFormat.deflate(bodies.toBytes()));
        return out.toBytes();
    }

    /** Reads a node. */
    static BucketContent decode(String path, byte[] node) {
        return NodeFormat.unwrap(
                path,
                NodeFormat.KIND_BUCKET,
                node,
                in -> {
                    List<byte[]> stored = in.takeAll(ByteReader::takeBytes);
                    Map<String, String> known = new HashMap<>();
                    List<Segment> segments = new ArrayList<>();
                    for (byte[] bytes : stored) {
                        segments.add(decode(path, bytes, known));
                    }
                    return new BucketContent(path, stored, segments);
                });
    }

    private static Segment decode(String path, byte[] bytes, Map<String, String> known) {
        ByteReader in = new ByteReader(bytes);
        int count = in.takeSmall();
        int width = in.takeSmall();
        ByteReader names = new ByteReader(inflate(path, in.takeSmall(), in.takeBytes()));
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
        return new Segment(values, in.position(), bodiesLength);
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

    /** The place of a partition in stored order, or -1. */
    int indexOf(List<String> wanted) {
        Map<String, Integer> known = places;
        if (known == null) {
            known = new HashMap<>(values.size() * 2);
            for (int i = 0; i < values.size(); i++) {
                known.put(key(values.get(i)), i);
            }
            places = known;
        }
        return known.getOrDefault(key(wanted), -1);
    }

    // A text rather than the list, since the hashes of dates in lists are few.
    private static String key(List<String> values) {
        StringBuilder key = new StringBuilder();
        for (String value : values) {
            key.append(value.length()).append(':').append(value);
        }
        return key.toString();
    }

    /** How many segments there are. */
    int segments() {
        return segments.size();
    }

    /** Bytes that this object holds, about. */
    long weight() {
        long bytes = (long) values.size() * BYTES_A_PARTITION;
        for (byte[] segment : stored) {
            bytes += segment.length;
        }
        return bytes;
    }

    /** All partitions, undecoded, in the order of {@link #values}. */
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(values.size());
        for (int i = 0; i < segments.size(); i++) {
            addEntries(stored.get(i), segments.get(i), entries);
        }
        return entries;
    }

    private void addEntries(byte[] bytes, Segment segment, List<Entry> entries) {
        try {
            byte[] packed = new ByteReader(bytes, segment.bodiesAt(), bytes.length).takeBytes();
            ByteReader in = new ByteReader(inflate(path, segment.bodiesLength(), packed));
            for (List<String> row : segment.values()) {
                entries.add(new Entry(row, in.takeBytes()));
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw NodeFormat.corrupt(path, e.getMessage(), e);
        }
    }

    /**
     * The sum of what is known of the partitions' data; unknown where it is of any, and where it is
     * too large for a number.
     */
    DataStatistics data() {
        DataStatistics known = data;
        if (known == null) {
            known = DataStatistics.EMPTY;
            try {
                for (Entry entry : entries()) {
                    known = sum(known, data(entry.body));
                }
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                throw NodeFormat.corrupt(path, e.getMessage(), e);
            }
            data = known;
        }
        return known;
    }

    /** The sum of both, unknown if it is too large for a number. */
    static DataStatistics sum(DataStatistics left, DataStatistics right) {
        try {
            return left.plus(right);
        } catch (ArithmeticException e) {
            return DataStatistics.NONE;
        }
    }

    private static DataStatistics data(byte[] body) {
        ByteReader in = new ByteReader(body);
        in.skipBytes();
        in.skipMap();
        in.takeOptional(ObjectCodec::takeStorage);
        in.takeOptional(reader -> reader.takeAll(ObjectCodec::takeColumn));
        return ObjectCodec.takeData(in);
    }

    /** Decodes one of {@link #entries}. */
    Partition partition(Entry entry) {
        try {
            ByteReader in = new ByteReader(entry.body);
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
