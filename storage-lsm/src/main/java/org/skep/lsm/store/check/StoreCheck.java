package org.skep.lsm.store.check;

import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.RegionStoreOptions;
import org.skep.lsm.store.directory.StoreDirectory;

/**
 * Looks for damage in a store that nobody has open, and mends it if that is wanted: every byte of
 * every file is read. Repairs delete nothing: what they take away is moved to {@code lost/}.
 * Stateless.
 */
public final class StoreCheck {
    private StoreCheck() {}

    /**
     * Says what is wrong.
     *
     * @throws SkepException DATA_DIRECTORY_IN_USE, FORMAT_TOO_NEW, INVALID_PATH if there is no
     *     store
     */
    public static List<Finding> check(FileSystem files, String path, RegionStoreOptions options) {
        return run(files, path, options, false);
    }

    /** Says what was wrong, and mends it; fails as {@link #check}. */
    public static List<Finding> repair(FileSystem files, String path, RegionStoreOptions options) {
        return run(files, path, options, true);
    }

    private static List<Finding> run(
            FileSystem files, String path, RegionStoreOptions options, boolean repairs) {
        try (CheckedStore store = new CheckedStore(files, path, options, repairs)) {
            checkFormat(store);
            LogCheck log = new LogCheck(store);
            log.open();
            MetaCheck meta = new MetaCheck(store);
            meta.open();
            if (store.meta != null) {
                meta.checkProcedures();
                store.catalogue = store.meta.survey().catalogue();
            }
            new TableCheck(store).run();
            for (TableName table : List.copyOf(store.catalogue.tables().keySet())) {
                new RegionCheck(store).run(table);
                new RangeCheck(store).run(table);
            }
            SnapshotCheck snapshots = new SnapshotCheck(store);
            snapshots.checkSnapshots();
            snapshots.checkOrphanFiles();
            if (store.logDamaged) {
                log.empty();
            }
            return store.findings;
        }
    }

    private static void checkFormat(CheckedStore store) {
        StoreDirectory directory = store.directory;
        try {
            directory.prepare();
        } catch (SkepException e) {
            if (e.code() != ErrorCode.CORRUPT_FILE && e.code() != ErrorCode.INVALID_PATH) {
                throw e;
            }
            store.found(
                    Finding.Kind.DESCRIPTION,
                    "Store's directory does not say what it is: " + directory.format(),
                    "written anew",
                    () -> {
                        store.putAside(directory.format());
                        directory.writeFormat();
                        directory.prepare();
                    });
        }
    }
}
