package org.skep.metastore.zookeeper;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.skep.metastore.Bucketing;
import org.skep.metastore.Column;
import org.skep.metastore.ColumnStatistics;
import org.skep.metastore.DataStatistics;
import org.skep.metastore.Database;
import org.skep.metastore.PendingJournal;
import org.skep.metastore.Table;
import org.skep.metastore.TableKind;
import org.skep.metastore.TableState;
import org.skep.metastore.TableStorage;
import org.skep.metastore.ViewDefinition;

/** The bodies of nodes that describe databases, tables and their parts. Has no state. */
final class ObjectCodec {
    private ObjectCodec() {}

    static byte[] database(Database database) {
        ByteWriter out = new ByteWriter();
        out.putText(database.name());
        out.putOptional(database.comment(), ByteWriter::putText);
        out.putOptional(database.location(), ByteWriter::putText);
        out.putText(database.owner());
        out.putMap(database.properties());
        out.putInstant(database.createTime());
        return NodeFormat.wrap(NodeFormat.KIND_DATABASE, out.toBytes());
    }

    static Database database(String path, byte[] node, long version) {
        return NodeFormat.unwrap(
                path,
                NodeFormat.KIND_DATABASE,
                node,
                in -> {
                    String name = in.takeText();
                    Optional<String> comment = in.takeOptional(ByteReader::takeText);
                    Optional<String> location = in.takeOptional(ByteReader::takeText);
                    String owner = in.takeText();
                    SortedMap<String, String> properties = in.takeMap();
                    return new Database(
                            name, comment, location, owner, properties, in.takeInstant(), version);
                });
    }

    static byte[] table(Table table) {
        ByteWriter out = new ByteWriter();
        out.putText(table.id());
        out.putUnsigned(table.version());
        out.putText(table.database());
        out.putText(table.name());
        out.putText(table.kind().name());
        out.putText(table.owner());
        out.putInstant(table.createTime());
        out.putOptional(table.comment(), ByteWriter::putText);
        out.putUnsigned(table.lastColumnId());
        out.putAll(table.columns(), ObjectCodec::putColumn);
        out.putAll(table.partitionColumns(), ObjectCodec::putColumn);
        putStorage(out, table.storage());
        out.putMap(table.properties());
        out.putOptional(
                table.view(),
                (writer, view) -> {
                    writer.putText(view.originalText());
                    writer.putText(view.expandedText());
                });
        out.putOptional(table.bucketing(), ObjectCodec::putBucketing);
        out.putAll(table.constraints(), ByteWriter::putText);
        putData(out, table.statistics());
        out.putAll(
                table.pendingJournals(),
                (writer, journal) -> {
                    writer.putText(journal.id());
                    writer.putSigned(journal.checksum());
                });
        TableState state = table.state();
        out.putUnsigned(state.partitionCount());
        out.putAll(state.buckets(), ObjectCodec::putBucket);
        out.putOptional(state.statistics(), ByteWriter::putText);
        out.putAll(state.recentCommits(), ByteWriter::putSigned);
        return NodeFormat.wrap(NodeFormat.KIND_TABLE, out.toBytes());
    }

    static Table table(String path, byte[] node, int nodeVersion) {
        return NodeFormat.unwrap(path, NodeFormat.KIND_TABLE, node, in -> table(in, nodeVersion));
    }

    private static Table table(ByteReader in, int nodeVersion) {
        String id = in.takeText();
        long version = in.takeUnsigned();
        String database = in.takeText();
        Table.Builder table = Table.named(database, in.takeText());
        table.kind(TableKind.valueOf(in.takeText()));
        table.owner(in.takeText());
        table.createTime(in.takeInstant());
        table.comment(in.takeOptional(ByteReader::takeText));
        table.lastColumnId(in.takeSmall());
        table.columns(in.takeAll(ObjectCodec::takeColumn));
        table.partitionColumns(in.takeAll(ObjectCodec::takeColumn));
        table.storage(takeStorage(in));
        table.properties(in.takeMap());
        in.takeOptional(
                        reader -> {
                            String original = reader.takeText();
                            return new ViewDefinition(original, reader.takeText());
                        })
                .ifPresent(table::view);
        table.bucketing(in.takeOptional(ObjectCodec::takeBucketing));
        table.constraints(in.takeAll(ByteReader::takeText));
        table.statistics(takeData(in));
        table.pendingJournals(
                in.takeAll(
                        reader -> {
                            String journal = reader.takeText();
                            return new PendingJournal(journal, reader.takeSigned());
                        }));
        long partitions = in.takeUnsigned();
        List<TableState.Bucket> buckets = in.takeAll(ObjectCodec::takeBucket);
        Optional<String> statistics = in.takeOptional(ByteReader::takeText);
        List<Long> commits = in.takeAll(ByteReader::takeSigned);
        return table.identity(
                        id,
                        version,
                        new TableState(nodeVersion, partitions, buckets, statistics, commits))
                .build();
    }

    private static void putBucket(ByteWriter out, TableState.Bucket bucket) {
        out.putByte(bucket.prefixBits());
        out.putInt(bucket.prefix());
        out.putText(bucket.name());
        out.putUnsigned(bucket.partitions());
        out.putUnsigned(bucket.bytes());
    }

    private static TableState.Bucket takeBucket(ByteReader in) {
        int bits = in.takeByte();
        int prefix = in.takeInt();
        String name = in.takeText();
        int partitions = in.takeSmall();
        return new TableState.Bucket(bits, prefix, name, partitions, in.takeSmall());
    }

    static void putColumn(ByteWriter out, Column column) {
        out.putUnsigned(column.id());
        out.putText(column.name());
        out.putText(column.typeName());
        out.putOptional(column.comment(), ByteWriter::putText);
    }

    static Column takeColumn(ByteReader in) {
        int id = in.takeSmall();
        String name = in.takeText();
        String type = in.takeText();
        return new Column(id, name, type, in.takeOptional(ByteReader::takeText));
    }

    static void putStorage(ByteWriter out, TableStorage storage) {
        out.putText(storage.format());
        out.putText(storage.serdeClass());
        out.putMap(storage.serdeProperties());
        out.putText(storage.inputFormat());
        out.putText(storage.outputFormat());
        out.putOptional(storage.location(), ByteWriter::putText);
    }

    static TableStorage takeStorage(ByteReader in) {
        String format = in.takeText();
        String serde = in.takeText();
        SortedMap<String, String> properties = in.takeMap();
        String input = in.takeText();
        String output = in.takeText();
        return new TableStorage(
                format, serde, properties, input, output, in.takeOptional(ByteReader::takeText));
    }

    private static void putBucketing(ByteWriter out, Bucketing bucketing) {
        out.putAll(bucketing.columns(), ByteWriter::putText);
        out.putAll(
                bucketing.sortColumns(),
                (writer, column) -> {
                    writer.putText(column.name());
                    writer.putByte(column.ascending() ? 1 : 0);
                });
        out.putUnsigned(bucketing.count());
    }

    private static Bucketing takeBucketing(ByteReader in) {
        List<String> columns = in.takeAll(ByteReader::takeText);
        List<Bucketing.SortColumn> sorted =
                in.takeAll(
                        reader -> {
                            String name = reader.takeText();
                            return new Bucketing.SortColumn(name, reader.takeByte() == 1);
                        });
        return new Bucketing(columns, sorted, in.takeSmall());
    }

    static void putData(ByteWriter out, DataStatistics statistics) {
        out.putSigned(statistics.rows());
        out.putSigned(statistics.files());
        out.putSigned(statistics.bytes());
    }

    static DataStatistics takeData(ByteReader in) {
        long rows = in.takeSigned();
        long files = in.takeSigned();
        return new DataStatistics(rows, files, in.takeSigned());
    }

    static byte[] statistics(Map<Integer, ColumnStatistics> statistics) {
        ByteWriter out = new ByteWriter();
        putStatistics(out, statistics);
        return NodeFormat.wrap(NodeFormat.KIND_STATISTICS, out.toBytes());
    }

    static Map<Integer, ColumnStatistics> statistics(String path, byte[] node) {
        return NodeFormat.unwrap(
                path, NodeFormat.KIND_STATISTICS, node, ObjectCodec::takeStatistics);
    }

    static void putStatistics(ByteWriter out, Map<Integer, ColumnStatistics> statistics) {
        // In the order of the ids, since equal statistics must have equal bytes.
        out.putUnsigned(statistics.size());
        new TreeMap<>(statistics)
                .forEach(
                        (id, column) -> {
                            out.putUnsigned(id);
                            out.putSigned(column.distinctValues());
                            out.putSigned(column.nulls());
                            out.putOptional(column.min(), ByteWriter::putText);
                            out.putOptional(column.max(), ByteWriter::putText);
                            out.putDouble(column.averageLength());
                            out.putSigned(column.maxLength());
                            out.putSigned(column.trues());
                        });
    }

    static Map<Integer, ColumnStatistics> takeStatistics(ByteReader in) {
        Map<Integer, ColumnStatistics> statistics = new TreeMap<>();
        for (int left = in.takeCount(); left > 0; left--) {
            int id = in.takeSmall();
            long distinct = in.takeSigned();
            long nulls = in.takeSigned();
            Optional<String> min = in.takeOptional(ByteReader::takeText);
            Optional<String> max = in.takeOptional(ByteReader::takeText);
            double average = in.takeDouble();
            long longest = in.takeSigned();
            statistics.put(
                    id,
                    new ColumnStatistics(
                            distinct, nulls, min, max, average, longest, in.takeSigned()));
        }
        return Collections.unmodifiableMap(statistics);
    }

    static byte[] text(int kind, String text) {
        ByteWriter out = new ByteWriter();
        out.putText(text);
        return NodeFormat.wrap(kind, out.toBytes());
    }

    static String text(String path, int kind, byte[] node) {
        return NodeFormat.unwrap(path, kind, node, ByteReader::takeText);
    }

    static byte[] journal(PendingJournal journal) {
        ByteWriter out = new ByteWriter();
        out.putText(journal.id());
        out.putSigned(journal.checksum());
        return NodeFormat.wrap(NodeFormat.KIND_JOURNAL, out.toBytes());
    }

    static PendingJournal journal(String path, byte[] node) {
        return NodeFormat.unwrap(
                path,
                NodeFormat.KIND_JOURNAL,
                node,
                in -> {
                    String id = in.takeText();
                    return new PendingJournal(id, in.takeSigned());
                });
    }

    static byte[] format(int version) {
        ByteWriter out = new ByteWriter();
        out.putUnsigned(version);
        return NodeFormat.wrap(NodeFormat.KIND_FORMAT, out.toBytes());
    }

    static int format(String path, byte[] node) {
        return NodeFormat.unwrap(path, NodeFormat.KIND_FORMAT, node, ByteReader::takeSmall);
    }
}
