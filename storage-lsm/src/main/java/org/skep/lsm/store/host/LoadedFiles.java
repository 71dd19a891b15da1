package org.skep.lsm.store.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;
import org.skep.lsm.hfile.HFile;
import org.skep.lsm.hfile.HFileMetadata;
import org.skep.lsm.hfile.ReadMode;
import org.skep.lsm.region.RegionServices;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.store.meta.Catalogue;
import org.skep.lsm.store.procedure.LoadFiles;

/**
 * Prepares files that somebody else wrote for the regions of a table. Safe for use by many threads.
 */
final class LoadedFiles {
    private final RegionServices services;
    private final FileCopies copies;

    LoadedFiles(RegionServices services) {
        this.services = services;
        copies = new FileCopies(services);
    }

    List<LoadFiles.Staged> stage(Catalogue.Entry table, String source, String staging) {
        FileSystem files = services.files();
        Map<ColumnFamily, List<FileStatus>> found = find(table, source);
        files.createDirectories(staging);
        List<LoadFiles.Staged> staged = new ArrayList<>();
        found.forEach(
                (family, inFamily) -> {
                    for (FileStatus file : inFamily) {
                        stage(table, family, file.path(), staging, staged);
                        Crash.point("load.staged-file");
                    }
                });
        files.syncDirectory(staging);
        files.syncDirectory(staging.substring(0, staging.lastIndexOf('/')));
        return staged;
    }

    private Map<ColumnFamily, List<FileStatus>> find(Catalogue.Entry table, String source) {
        Map<ColumnFamily, List<FileStatus>> found = new HashMap<>();
        for (FileStatus entry : services.files().list(source)) {
            if (!entry.directory() || entry.hidden()) {
                continue;
            }
            ColumnFamily family =
                    table.descriptor()
                            .family(entry.name())
                            .orElseThrow(
                                    () ->
                                            new SkepException(
                                                    ErrorCode.INVALID_LOAD_FILE,
                                                    "Column family not found in table %s: %s"
                                                            .formatted(
                                                                    table.descriptor().name(),
                                                                    entry.path())));
            for (FileStatus file : services.files().list(entry.path())) {
                if (!file.directory() && !file.hidden()) {
                    found.computeIfAbsent(family, any -> new ArrayList<>()).add(file);
                }
            }
        }
        return found;
    }

    private void stage(
            Catalogue.Entry table,
            ColumnFamily family,
            String path,
            String staging,
            List<LoadFiles.Staged> staged) {
        HFile file = HFile.open(services.files(), path, services.cache());
        try {
            file.verify();
            HFileMetadata metadata = file.metadata();
            if (metadata.empty()) {
                return;
            }
            checkFamily(file, family, path);
            for (RegionInfo region : table.regions()) {
                if (file.mayContainRows(region.startRow(), region.stopRow())) {
                    String name = "%016x".formatted(services.sequences().next());
                    if (copies.copyRows(
                            path,
                            staging + "/" + name,
                            family,
                            region.startRow(),
                            region.stopRow())) {
                        staged.add(new LoadFiles.Staged(region, family.name(), name));
                    }
                }
            }
        } finally {
            file.release();
        }
    }

    // All cells of a file are of one family; the first shows which.
    private static void checkFamily(HFile file, ColumnFamily family, String path) {
        try (CellSource source = file.source(ReadMode.STREAM)) {
            if (source.seek(SeekKey.firstOfRow(file.metadata().firstRow()))
                    && !isOf(source.cell(), family.nameBytes())) {
                throw new SkepException(
                        ErrorCode.INVALID_LOAD_FILE,
                        "Cells must be of column family %s: %s".formatted(family.name(), path));
            }
        }
    }

    private static boolean isOf(CellView cell, byte[] family) {
        return Bytes.equal(
                family, 0, family.length, cell.buffer(), cell.familyOffset(), cell.familyLength());
    }
}
