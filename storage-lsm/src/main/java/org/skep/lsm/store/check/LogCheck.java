package org.skep.lsm.store.check;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.lsm.region.Region;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.wal.WalOptions;

/** Opens the log, and mends one that cannot be read. Confined to one thread. */
final class LogCheck {
    private final CheckedStore store;

    LogCheck(CheckedStore store) {
        this.store = store;
    }

    void open() {
        try {
            store.services = store.openServices(WalOptions.OnDamage.REFUSE);
        } catch (SkepException e) {
            requireDamage(e);
            store.found(
                    Finding.Kind.LOG,
                    e.getMessage(),
                    "read as far as it goes; a copy stays in lost/" + store.later(),
                    () -> {
                        store.copyAside(store.directory.wal());
                        store.services = store.openServices(WalOptions.OnDamage.DROP_REST_OF_FILE);
                        store.logDamaged = true;
                    });
        }
    }

    // What cannot be read for another reason must not be dropped.
    private static void requireDamage(SkepException failure) {
        if (failure.code() != ErrorCode.CORRUPT_FILE) {
            throw failure;
        }
    }

    // What could be read goes to files: a damaged log would be refused again.
    void empty() {
        for (RegionInfo region : store.catalogue.regions().values()) {
            try {
                TableDescriptor table = store.catalogue.require(region.table()).descriptor();
                Region.open(store.services, region, table, store.directory.region(region)).close();
            } catch (SkepException e) {
                requireDamage(e);
                store.found(
                        Finding.Kind.LOG,
                        "Writes of region %s stay in the copy of the log: %s"
                                .formatted(region, e.getMessage()),
                        "none",
                        () -> {});
            }
        }
        store.metaRegion.flush();
        store.services.wal().sync();
        store.services.wal().forgetAllBut(name -> false);
        store.services.wal().trim(0);
    }
}
