package org.skep.lsm.store.snapshot;

import java.util.ArrayList;
import java.util.List;
import org.skep.lsm.region.RegionFile;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.store.directory.SealedRecord;
import org.skep.lsm.store.meta.DescriptorFormat;
import org.skep.lsm.store.meta.RegionInfoFormat;

/**
 * The files that made up a table at a moment. Immutable.
 *
 * @param name letters, digits, {@code _}, {@code -} and {@code .}, not beginning with the last two
 * @param createdMillis when it was taken
 * @param table the table as it was then
 * @param regions its regions then
 */
public record Snapshot(
        String name, long createdMillis, TableDescriptor table, List<RegionFiles> regions) {
    private static final int MAGIC = 0x534b534e; // "SKSN"
    private static final int VERSION = 1;

    /** A region and its files. */
    public record RegionFiles(RegionInfo region, List<RegionFile> files) {
        public RegionFiles {
            files = List.copyOf(files);
        }
    }

    public Snapshot {
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}")) {
            throw new IllegalArgumentException(
                    "Snapshot name must be letters, digits, _, - and .: " + name);
        }
        regions = List.copyOf(regions);
    }

    /** All files, each within the bounds of its region. */
    public List<RegionFile> files() {
        List<RegionFile> files = new ArrayList<>();
        for (RegionFiles part : regions) {
            part.files()
                    .forEach(file -> RowBounds.within(file, part.region()).ifPresent(files::add));
        }
        return files;
    }

    byte[] encode() {
        SealedRecord.Writer writer =
                SealedRecord.write(MAGIC, VERSION)
                        .text(name)
                        .number(createdMillis)
                        .bytes(DescriptorFormat.encode(table))
                        .number(regions.size());
        for (RegionFiles part : regions) {
            writer.bytes(RegionInfoFormat.encode(part.region())).number(part.files().size());
            for (RegionFile file : part.files()) {
                writer.text(file.family())
                        .text(file.path())
                        .bytes(file.startRow())
                        .bytes(file.stopRow())
                        .number(file.sequence())
                        .number(file.bulkLoaded() ? 1 : 0);
            }
        }
        return writer.seal();
    }

    static Snapshot decode(byte[] bytes, String where) {
        SealedRecord.Reader reader = SealedRecord.read(bytes, MAGIC, VERSION, where);
        try {
            String name = reader.text();
            long created = reader.longNumber();
            TableDescriptor table = DescriptorFormat.decode(reader.bytes(), where);
            List<RegionFiles> regions = new ArrayList<>();
            for (int left = reader.number(); left > 0; left--) {
                RegionInfo region = RegionInfoFormat.decode(reader.bytes(), where);
                List<RegionFile> files = new ArrayList<>();
                for (int more = reader.number(); more > 0; more--) {
                    String family = reader.text();
                    String path = reader.text();
                    byte[] start = reader.bytes();
                    byte[] stop = reader.bytes();
                    long sequence = reader.longNumber();
                    files.add(
                            new RegionFile(
                                    family, path, start, stop, sequence, reader.number() != 0));
                }
                regions.add(new RegionFiles(region, files));
            }
            return new Snapshot(name, created, table, regions);
        } catch (IllegalArgumentException e) {
            throw reader.nonsense(String.valueOf(e.getMessage()));
        }
    }
}
