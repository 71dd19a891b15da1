package org.skep.columnar.parquet;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongConsumer;
import org.skep.base.io.InputFile;
import org.skep.base.memory.MemoryPool;
import org.skep.types.DataType;

/**
 * What the readers of a file's columns share. Confined to one thread.
 *
 * @param stored the zone in which the file's timestamps of 96 bits are local times
 * @param session the zone in which instants are shown
 * @param hybridDates whether dates are to be read by {@link HybridCalendar}
 * @param damage told how many values became NULL because they did not fit
 */
record ReadContext(
        InputFile file,
        Decompressor decompressor,
        MemoryPool memory,
        ZoneId stored,
        ZoneId session,
        boolean hybridDates,
        LongConsumer damage) {
    // Keys of Hive's and of other writers' metadata.
    static final String WRITER_ZONE = "writer.time.zone";
    private static final String JAVA_WRITER = "parquet-mr";

    /**
     * The zone in which a file's timestamps of 96 bits are meant: Hive says it; files of Java
     * writers that do not were normalised to UTC from the writer's zone, taken for the reader's;
     * those of all others are local times.
     */
    static ZoneId storedZone(Footer footer, ZoneId session, ReadPlace place) {
        String zone = footer.properties().get(WRITER_ZONE);
        if (zone != null) {
            try {
                return ZoneId.of(zone);
            } catch (DateTimeException e) {
                throw place.corrupt(0, "unknown time zone of the writer: " + zone, e);
            }
        }
        return footer.createdBy().startsWith(JAVA_WRITER) ? session : ZoneOffset.UTC;
    }

    /** A reader of a leaf's pages that decodes into vectors of a type. */
    LeafPages pages(SchemaNode leaf, FileType type, DataType decodedAs) {
        ReadPlace place = place(leaf);
        return new LeafPages(
                leaf, type, decodedAs, new PageReader(file, place, decompressor, memory));
    }

    /** The cast of a leaf's values to a type, or null if none is needed. */
    ValueConversion conversion(FileType type, DataType wanted, ReadPlace place) {
        return ValueConversion.of(type, wanted, this, place);
    }

    ReadPlace place(SchemaNode node) {
        return new ReadPlace(file.path(), node.path());
    }

    /** A reader of a column as {@code wanted}; a missing one, which is null, is NULL everywhere. */
    ColumnReader reader(SchemaNode node, DataType wanted) {
        if (node == null) {
            return new ConstantColumnReader(wanted);
        }
        if (node.isLeaf() && !node.repeated()) {
            return flat(node, wanted);
        }
        return NestedColumnReader.create(this, node, wanted);
    }

    /** A reader of a column that is a leaf right below the root. */
    private ColumnReader flat(SchemaNode leaf, DataType wanted) {
        ReadPlace place = place(leaf);
        FileType type = FileType.of(leaf, place);
        ValueConversion conversion = conversion(type, wanted, place);
        DataType decodedAs = conversion == null ? wanted : type.natural();
        return new FlatColumnReader(
                leaf, pages(leaf, type, decodedAs), decodedAs, wanted, conversion);
    }
}
