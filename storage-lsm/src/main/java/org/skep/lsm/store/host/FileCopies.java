package org.skep.lsm.store.host;

import java.util.Arrays;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.SeekKey;
import org.skep.lsm.hfile.HFile;
import org.skep.lsm.hfile.HFileMetadata;
import org.skep.lsm.hfile.HFileOptions;
import org.skep.lsm.hfile.HFileWriter;
import org.skep.lsm.hfile.ReadMode;
import org.skep.lsm.region.RegionServices;
import org.skep.lsm.schema.ColumnFamily;

/** Copies store files, or some rows of them. Safe for use by many threads. */
public final class FileCopies {
    private static final int BUFFER = 1 << 20;

    private final RegionServices services;

    /** Copies within what regions use. */
    public FileCopies(RegionServices services) {
        this.services = services;
    }

    /** Copies a file byte by byte and syncs the copy, not its directory. */
    public void copy(String from, String to) {
        FileSystem files = services.files();
        byte[] buffer = new byte[BUFFER];
        try (InputFile input = files.open(from);
                OutputFile output = files.create(to)) {
            for (long at = 0; at < input.length(); ) {
                int count = (int) Math.min(buffer.length, input.length() - at);
                input.readFully(at, buffer, 0, count);
                output.write(buffer, 0, count);
                at += count;
            }
            output.sync();
        }
    }

    /**
     * Copies the rows of a file from {@code start} up to but without {@code stop}, empty for no
     * bound; byte by byte if that is all of them.
     *
     * @param family says how the copy is written
     * @return whether there were any; if not, there is no copy
     */
    public boolean copyRows(
            String from, String to, ColumnFamily family, byte[] start, byte[] stop) {
        HFile file = HFile.open(services.files(), from, services.cache());
        try {
            HFileMetadata metadata = file.metadata();
            if (!file.mayContainRows(start, stop)) {
                return false;
            }
            if (Arrays.compareUnsigned(start, metadata.firstRow()) <= 0
                    && (stop.length == 0 || Arrays.compareUnsigned(metadata.lastRow(), stop) < 0)) {
                copy(from, to);
                return true;
            }
            return write(file.rows(start, stop), to, family, start);
        } finally {
            file.release();
        }
    }

    private boolean write(HFile part, String to, ColumnFamily family, byte[] start) {
        HFileMetadata metadata = part.metadata();
        HFileOptions options =
                HFileOptions.of(family, metadata.maxSequence(), services.nowMillis());
        boolean any;
        try (CellSource source = part.source(ReadMode.STREAM);
                HFileWriter writer = HFileWriter.create(services.files(), to, options)) {
            any = source.seek(SeekKey.firstOfRow(start));
            for (boolean more = any; more; more = source.next()) {
                writer.append(source.cell());
            }
            writer.finish();
        }
        if (!any) {
            services.files().delete(to);
        }
        return any;
    }
}
