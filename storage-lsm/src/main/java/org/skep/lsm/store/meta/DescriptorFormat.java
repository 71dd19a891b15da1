package org.skep.lsm.store.meta;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skep.base.error.SkepException;
import org.skep.lsm.schema.BlockEncoding;
import org.skep.lsm.schema.BloomType;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.Compression;
import org.skep.lsm.schema.Durability;
import org.skep.lsm.schema.KeepDeletedCells;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.directory.SealedRecord;

/**
 * A table's descriptor as bytes: a checksummed record of texts, named and written as HBase's shell
 * does, so that an option which is added later is one more text. Stateless.
 */
public final class DescriptorFormat {
    private static final int MAGIC = 0x534b5444; // "SKTD"
    private static final int VERSION = 1;

    private DescriptorFormat() {}

    /** The descriptor as bytes. */
    public static byte[] encode(TableDescriptor table) {
        SealedRecord.Writer writer = SealedRecord.write(MAGIC, VERSION);
        writer.text(table.name().namespace()).text(table.name().qualifier());
        texts(
                writer,
                Map.of(
                        "DURABILITY", table.durability().name(),
                        "MEMSTORE_FLUSHSIZE", Long.toString(table.flushSize()),
                        "MAX_FILESIZE", Long.toString(table.maxFileSize())));
        writer.number(table.families().size());
        for (ColumnFamily family : table.families()) {
            writer.text(family.name());
            texts(writer, options(family));
        }
        return writer.seal();
    }

    private static Map<String, String> options(ColumnFamily family) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("VERSIONS", Integer.toString(family.maxVersions()));
        options.put("MIN_VERSIONS", Integer.toString(family.minVersions()));
        options.put("TTL", Long.toString(family.ttlMillis()));
        options.put("KEEP_DELETED_CELLS", family.keepDeletedCells().name());
        options.put("NEW_VERSION_BEHAVIOR", Boolean.toString(family.newVersionBehavior()));
        options.put("BLOOMFILTER", family.bloomType().name());
        options.put("COMPRESSION", family.compression().name());
        options.put("BLOCKSIZE", Integer.toString(family.blockSize()));
        options.put("DATA_BLOCK_ENCODING", family.encoding().name());
        options.put("BLOCKCACHE", Boolean.toString(family.blockCache()));
        return options;
    }

    private static void texts(SealedRecord.Writer writer, Map<String, String> options) {
        writer.number(options.size());
        options.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(option -> writer.text(option.getKey()).text(option.getValue()));
    }

    private static Map<String, String> texts(SealedRecord.Reader reader) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int left = reader.number(); left > 0; left--) {
            String name = reader.text();
            options.put(name, reader.text());
        }
        return options;
    }

    /**
     * Reads a descriptor.
     *
     * @param where names the bytes in errors
     * @throws SkepException CORRUPT_FILE, FORMAT_TOO_NEW
     */
    public static TableDescriptor decode(byte[] bytes, String where) {
        SealedRecord.Reader reader = SealedRecord.read(bytes, MAGIC, VERSION, where);
        try {
            String namespace = reader.text();
            TableName name = new TableName(namespace, reader.text());
            Map<String, String> options = texts(reader);
            List<ColumnFamily> families = new ArrayList<>();
            for (int left = reader.number(); left > 0; left--) {
                String family = reader.text();
                families.add(family(family, texts(reader)));
            }
            return new TableDescriptor(
                    name,
                    families,
                    Durability.valueOf(options.get("DURABILITY")),
                    Long.parseLong(options.get("MEMSTORE_FLUSHSIZE")),
                    Long.parseLong(options.get("MAX_FILESIZE")));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw reader.nonsense(String.valueOf(e.getMessage()));
        }
    }

    private static ColumnFamily family(String name, Map<String, String> options) {
        return new ColumnFamily(
                name,
                Integer.parseInt(options.get("VERSIONS")),
                Integer.parseInt(options.get("MIN_VERSIONS")),
                Long.parseLong(options.get("TTL")),
                KeepDeletedCells.valueOf(options.get("KEEP_DELETED_CELLS")),
                Boolean.parseBoolean(options.get("NEW_VERSION_BEHAVIOR")),
                BloomType.valueOf(options.get("BLOOMFILTER")),
                Compression.valueOf(options.get("COMPRESSION")),
                Integer.parseInt(options.get("BLOCKSIZE")),
                BlockEncoding.valueOf(options.get("DATA_BLOCK_ENCODING")),
                Boolean.parseBoolean(options.get("BLOCKCACHE")));
    }
}
