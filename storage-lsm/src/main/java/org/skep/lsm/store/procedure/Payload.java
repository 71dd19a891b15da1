package org.skep.lsm.store.procedure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.directory.SealedRecord;
import org.skep.lsm.store.meta.DescriptorFormat;
import org.skep.lsm.store.meta.RegionInfoFormat;
import org.skep.lsm.store.meta.TableState;

/**
 * What procedures on tables remember. Immutable.
 *
 * @param table the table
 * @param descriptor what the table becomes, if that is new
 * @param state what state the table has in the end
 * @param snapshot the snapshot that is used; empty for none
 * @param old regions that go
 * @param fresh regions that come
 */
record Payload(
        TableName table,
        Optional<TableDescriptor> descriptor,
        TableState state,
        String snapshot,
        List<RegionInfo> old,
        List<RegionInfo> fresh) {
    private static final int MAGIC = 0x534b5050; // "SKPP"
    private static final int VERSION = 1;

    Payload {
        old = List.copyOf(old);
        fresh = List.copyOf(fresh);
    }

    byte[] encode() {
        SealedRecord.Writer writer =
                SealedRecord.write(MAGIC, VERSION)
                        .text(table.namespace())
                        .text(table.qualifier())
                        .text(state.name())
                        .text(snapshot)
                        .bytes(descriptor.map(DescriptorFormat::encode).orElse(new byte[0]));
        regions(writer, old);
        regions(writer, fresh);
        return writer.seal();
    }

    private static void regions(SealedRecord.Writer writer, List<RegionInfo> regions) {
        writer.number(regions.size());
        regions.forEach(region -> writer.bytes(RegionInfoFormat.encode(region)));
    }

    static Payload decode(byte[] bytes, String where) {
        SealedRecord.Reader reader = SealedRecord.read(bytes, MAGIC, VERSION, where);
        try {
            String namespace = reader.text();
            TableName table = new TableName(namespace, reader.text());
            TableState state = TableState.valueOf(reader.text());
            String snapshot = reader.text();
            byte[] descriptor = reader.bytes();
            List<RegionInfo> old = regions(reader, where);
            return new Payload(
                    table,
                    descriptor.length == 0
                            ? Optional.empty()
                            : Optional.of(DescriptorFormat.decode(descriptor, where)),
                    state,
                    snapshot,
                    old,
                    regions(reader, where));
        } catch (IllegalArgumentException e) {
            throw reader.nonsense(String.valueOf(e.getMessage()));
        }
    }

    private static List<RegionInfo> regions(SealedRecord.Reader reader, String where) {
        List<RegionInfo> regions = new ArrayList<>();
        for (int left = reader.number(); left > 0; left--) {
            regions.add(RegionInfoFormat.decode(reader.bytes(), where));
        }
        return regions;
    }
}
