package org.skep.lsm.store.meta;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.lsm.schema.BlockEncoding;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.Durability;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;

/**
 * Meta, the truth about a store, in rows:
 *
 * <pre>
 * table,startRow,regionId.encodedName.   info:regioninfo  info:state      as in HBase's meta
 * table                                  table:state      as there        table:descriptor
 * .namespace.name                        ns:created       milliseconds
 * .procedure.number                      proc:record      {@link ProcedureRecord}
 * </pre>
 *
 * <p>Each call changes one row, for good. Safe for use by many threads if its rows are.
 */
public final class MetaTable {
    /** The name of the meta table. */
    public static final TableName NAME = new TableName("hbase", "meta");

    /** The namespace of the store's own tables. */
    public static final String SYSTEM_NAMESPACE = NAME.namespace();

    /** The one region of the meta table. */
    public static final RegionInfo REGION = new RegionInfo(NAME, new byte[0], new byte[0], 1);

    /** The meta table as a table. */
    public static final TableDescriptor DESCRIPTOR =
            new TableDescriptor(
                    NAME,
                    List.of(family("info"), family("table"), family("ns"), family("proc")),
                    Durability.FSYNC_WAL,
                    8L << 20,
                    0);

    private static final String NAMESPACE_PREFIX = ".namespace.";
    private static final String PROCEDURE_PREFIX = ".procedure.";

    private final MetaRows rows;

    /** Meta in some rows. */
    public MetaTable(MetaRows rows) {
        this.rows = rows;
    }

    private static ColumnFamily family(String name) {
        return ColumnFamily.named(name)
                .withNewVersionBehavior()
                .withEncoding(BlockEncoding.ROW_INDEX_V1);
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Adds a namespace. */
    public void putNamespace(String namespace, long createdMillis) {
        byte[] value = key(Long.toString(createdMillis));
        rows.put(
                key(NAMESPACE_PREFIX + namespace),
                List.of(new MetaRows.Column("ns", "created", value)));
    }

    /** Takes a namespace away. */
    public void deleteNamespace(String namespace) {
        rows.delete(key(NAMESPACE_PREFIX + namespace));
    }

    /** Adds a table or changes it. */
    public void putTable(TableDescriptor descriptor, TableState state) {
        rows.put(
                key(descriptor.name().toString()),
                List.of(
                        new MetaRows.Column("table", "state", state.encode()),
                        new MetaRows.Column(
                                "table", "descriptor", DescriptorFormat.encode(descriptor))));
    }

    /** Takes a table away. */
    public void deleteTable(TableName table) {
        rows.delete(key(table.toString()));
    }

    /** Adds a region. */
    public void putRegion(RegionInfo region) {
        rows.put(
                region.metaRow(),
                List.of(
                        new MetaRows.Column("info", "regioninfo", RegionInfoFormat.encode(region)),
                        new MetaRows.Column("info", "state", key("OPEN"))));
    }

    /** Takes a region away. */
    public void deleteRegion(RegionInfo region) {
        rows.delete(region.metaRow());
    }

    /** Adds a procedure, or says how far it has come. */
    public void putProcedure(ProcedureRecord procedure) {
        rows.put(
                procedureKey(procedure.id()),
                List.of(new MetaRows.Column("proc", "record", procedure.encode())));
    }

    /** Takes a procedure away. */
    public void deleteProcedure(long id) {
        rows.delete(procedureKey(id));
    }

    /** Takes away a row that cannot be read. */
    public void deleteDamaged(byte[] row) {
        rows.delete(row);
    }

    private static byte[] procedureKey(long id) {
        return key(PROCEDURE_PREFIX + "%016x".formatted(id));
    }

    /**
     * Everything that is in meta.
     *
     * @param problems rows that make no sense, in words
     * @param damaged the keys of rows that cannot be read
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Content(
            Catalogue catalogue,
            List<ProcedureRecord> procedures,
            List<String> problems,
            List<byte[]> damaged) {}

    /**
     * Reads everything.
     *
     * @throws SkepException CORRUPT_FILE if a row makes no sense
     */
    public Content load() {
        Content content = survey();
        if (!content.problems().isEmpty()) {
            throw new SkepException(ErrorCode.CORRUPT_FILE, content.problems().get(0));
        }
        return content;
    }

    /** Reads everything and passes over what makes no sense. */
    public Content survey() {
        SortedSet<String> namespaces = new TreeSet<>();
        Map<TableName, Catalogue.Entry> tables = new TreeMap<>();
        Map<TableName, List<RegionInfo>> regions = new TreeMap<>();
        List<ProcedureRecord> procedures = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<byte[]> damaged = new ArrayList<>();
        for (MetaRows.Row row : rows.all()) {
            try {
                read(row, namespaces, tables, regions, procedures);
            } catch (SkepException | IllegalArgumentException e) {
                problems.add(
                        "Meta row is damaged: %s: %s"
                                .formatted(RegionInfo.printable(row.key()), e.getMessage()));
                damaged.add(row.key());
            }
        }
        tables.replaceAll(
                (name, entry) -> entry.withRegions(regions.getOrDefault(name, List.of())));
        regions.keySet().removeAll(tables.keySet());
        regions.forEach(
                (name, orphans) ->
                        problems.add("Meta has regions of a table that it does not have: " + name));
        return new Content(new Catalogue(namespaces, tables), procedures, problems, damaged);
    }

    private static void read(
            MetaRows.Row row,
            SortedSet<String> namespaces,
            Map<TableName, Catalogue.Entry> tables,
            Map<TableName, List<RegionInfo>> regions,
            List<ProcedureRecord> procedures) {
        String where = "meta row " + RegionInfo.printable(row.key());
        String text = new String(row.key(), StandardCharsets.UTF_8);
        if (text.startsWith(NAMESPACE_PREFIX)) {
            namespaces.add(text.substring(NAMESPACE_PREFIX.length()));
        } else if (text.startsWith(PROCEDURE_PREFIX)) {
            long id = Long.parseUnsignedLong(text.substring(PROCEDURE_PREFIX.length()), 16);
            procedures.add(ProcedureRecord.decode(id, value(row, "record", where)));
        } else if (find(row, "regioninfo") != null) {
            RegionInfo region = RegionInfoFormat.decode(value(row, "regioninfo", where), where);
            regions.computeIfAbsent(region.table(), any -> new ArrayList<>()).add(region);
        } else {
            TableName name = TableName.of(text);
            tables.put(
                    name,
                    new Catalogue.Entry(
                            DescriptorFormat.decode(value(row, "descriptor", where), where),
                            TableState.decode(value(row, "state", where)),
                            List.of()));
        }
    }

    private static byte[] find(MetaRows.Row row, String qualifier) {
        for (MetaRows.Column column : row.columns()) {
            if (column.qualifier().equals(qualifier)) {
                return column.value();
            }
        }
        return null;
    }

    private static byte[] value(MetaRows.Row row, String qualifier, String where) {
        byte[] value = find(row, qualifier);
        if (value == null) {
            throw new SkepException(
                    ErrorCode.CORRUPT_FILE,
                    "Column %s is missing in %s".formatted(qualifier, where));
        }
        return value;
    }
}
