package org.skep.lsm.store.check;

import java.util.List;
import java.util.Optional;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.lsm.region.Manifest;
import org.skep.lsm.region.Region;
import org.skep.lsm.region.RegionFile;
import org.skep.lsm.store.directory.StoreDirectory;
import org.skep.lsm.store.host.Hosting;
import org.skep.lsm.store.host.Sweeper;
import org.skep.lsm.store.meta.MetaTable;
import org.skep.lsm.store.meta.ProcedureRecord;
import org.skep.lsm.store.meta.RegionInfoFormat;
import org.skep.lsm.store.procedure.NamedLocks;
import org.skep.lsm.store.procedure.ProcedureExecutor;
import org.skep.lsm.store.procedure.StoredProcedures;

/** Opens the meta table, makes it anew if it must, and ends procedures. Confined to one thread. */
final class MetaCheck {
    private final CheckedStore store;

    MetaCheck(CheckedStore store) {
        this.store = store;
    }

    void open() {
        if (store.services == null) {
            return;
        }
        String path = store.directory.region(MetaTable.REGION);
        try {
            Optional<Manifest> manifest =
                    store.files.status(path).isPresent()
                            ? Manifest.readNewest(store.files, path)
                            : Optional.empty();
            if (manifest.isEmpty()) {
                throw new SkepException(
                        ErrorCode.CORRUPT_FILE, "Meta table has no manifest: " + path);
            }
            for (RegionFile file : manifest.get().files()) {
                store.verify(file);
            }
            store.openMeta();
        } catch (SkepException e) {
            CheckedStore.requireDamage(e);
            store.found(
                    Finding.Kind.META,
                    e.getMessage(),
                    "made anew from the directories of tables and regions" + store.later(),
                    this::renewMeta);
            return;
        }
        for (String problem : store.meta.survey().problems()) {
            store.findings.add(new Finding(Finding.Kind.META, problem, "the row is made anew"));
        }
        if (store.repairs) {
            store.meta.survey().damaged().forEach(store.meta::deleteDamaged);
        }
    }

    private void renewMeta() {
        String path = store.directory.region(MetaTable.REGION);
        if (store.metaRegion != null) {
            store.metaRegion.abandon();
        }
        store.putAside(path);
        store.directory.makeDirectory(path);
        // What the log has of it is as doubtful.
        long last = store.services.sequences().next();
        Region.create(store.services, MetaTable.DESCRIPTOR, path, List.of(), last);
        store.directory.writeOnce(
                path + "/" + StoreDirectory.REGION_INFO, RegionInfoFormat.seal(MetaTable.REGION));
        store.openMeta();
    }

    void checkProcedures() {
        MetaTable.Content content = store.meta.survey();
        if (content.procedures().isEmpty()) {
            return;
        }
        Sweeper sweeper = new Sweeper(store.directory);
        Hosting hosting =
                new Hosting(
                        store.directory,
                        store.services,
                        store.meta,
                        content.catalogue(),
                        sweeper,
                        0);
        ProcedureExecutor executor =
                new ProcedureExecutor(store.meta, store.options.clock(), new NamedLocks());
        StoredProcedures procedures = new StoredProcedures(hosting);
        for (ProcedureRecord record : content.procedures()) {
            if (store.logDamaged) {
                // How far it came is lost. What is there counts: to begin anew would overwrite it.
                store.found(
                        Finding.Kind.PROCEDURE,
                        "%s, at step %d or behind".formatted(record.kind(), record.step()),
                        "given up, since the log does not say how far it came",
                        () -> store.meta.deleteProcedure(record.id()));
                continue;
            }
            store.found(
                    Finding.Kind.PROCEDURE,
                    "%s, at step %d".formatted(record.kind(), record.step()),
                    "gone on with, or given up",
                    () -> {
                        try {
                            executor.resume(record, procedures.decode(record));
                        } catch (SkepException e) {
                            CheckedStore.requireDamage(e);
                            store.meta.deleteProcedure(record.id());
                        }
                    });
        }
        hosting.close();
    }
}
