package org.skep.lsm.store.procedure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.skep.base.fault.Crash;
import org.skep.lsm.region.RegionFile;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.meta.Catalogue;
import org.skep.lsm.store.meta.TableState;
import org.skep.lsm.store.snapshot.RowBounds;

/**
 * Puts regions in the place of others: that is what creating, dropping and truncating a table,
 * splitting and merging regions, cloning and restoring a snapshot have in common. They differ in
 * where the new regions' files come from. Confined to one thread.
 *
 * <ol>
 *   <li>close: the old regions are not served any more
 *   <li>make: the new regions' directories are there, with manifests that name files of others
 *   <li>commit: meta has the new regions and not the old ones; from here on it only goes forward
 *   <li>open: the new regions are served
 *   <li>retire: the old directories are no regions any more
 * </ol>
 */
public final class ReplaceRegions implements Procedure {
    /** Which change it is. Names are stored: never rename. */
    public enum Kind {
        /** A new table; nothing goes. */
        CREATE,
        /** A table goes; nothing comes. */
        DROP,
        /** The same ranges, empty. */
        TRUNCATE,
        /** Two for one. */
        SPLIT,
        /** One for several. */
        MERGE,
        /** A new table with a snapshot's files. */
        CLONE,
        /** A snapshot's regions for a table's. */
        RESTORE;

        private String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        // Whether the old regions' cells are wanted.
        private boolean keepsCells() {
            return switch (this) {
                case SPLIT, MERGE -> true;
                case CREATE, DROP, TRUNCATE, CLONE, RESTORE -> false;
            };
        }
    }

    private static final int COMMIT = 2;

    private final RegionHost host;
    private final Kind kind;
    private final Payload payload;

    private ReplaceRegions(RegionHost host, Kind kind, Payload payload) {
        this.host = host;
        this.kind = kind;
        this.payload = payload;
    }

    /** Makes a table with empty regions. */
    public static ReplaceRegions create(
            RegionHost host, TableDescriptor table, List<RegionInfo> regions) {
        return new ReplaceRegions(
                host,
                Kind.CREATE,
                new Payload(
                        table.name(),
                        Optional.of(table),
                        TableState.ENABLED,
                        "",
                        List.of(),
                        regions));
    }

    /** Takes a table away. */
    public static ReplaceRegions drop(RegionHost host, Catalogue.Entry table) {
        return new ReplaceRegions(
                host,
                Kind.DROP,
                new Payload(
                        table.descriptor().name(),
                        Optional.of(table.descriptor()),
                        TableState.DISABLED,
                        "",
                        table.regions(),
                        List.of()));
    }

    /** Empties a table; it is enabled then. */
    public static ReplaceRegions truncate(
            RegionHost host, Catalogue.Entry table, List<RegionInfo> fresh) {
        return new ReplaceRegions(
                host,
                Kind.TRUNCATE,
                new Payload(
                        table.descriptor().name(),
                        Optional.of(table.descriptor()),
                        TableState.ENABLED,
                        "",
                        table.regions(),
                        fresh));
    }

    /** Parts a region, or joins several; the table is enabled. */
    public static ReplaceRegions reshape(
            RegionHost host, TableName table, List<RegionInfo> old, List<RegionInfo> fresh) {
        return new ReplaceRegions(
                host,
                old.size() == 1 ? Kind.SPLIT : Kind.MERGE,
                new Payload(table, Optional.empty(), TableState.ENABLED, "", old, fresh));
    }

    /** Makes a table of a snapshot. */
    public static ReplaceRegions cloneOf(
            RegionHost host, String snapshot, TableDescriptor table, List<RegionInfo> fresh) {
        return new ReplaceRegions(
                host,
                Kind.CLONE,
                new Payload(
                        table.name(),
                        Optional.of(table),
                        TableState.ENABLED,
                        snapshot,
                        List.of(),
                        fresh));
    }

    /** Gives a table the cells and the descriptor that a snapshot has; it stays disabled. */
    public static ReplaceRegions restore(
            RegionHost host,
            String snapshot,
            TableDescriptor descriptor,
            List<RegionInfo> old,
            List<RegionInfo> fresh) {
        return new ReplaceRegions(
                host,
                Kind.RESTORE,
                new Payload(
                        descriptor.name(),
                        Optional.of(descriptor),
                        TableState.DISABLED,
                        snapshot,
                        old,
                        fresh));
    }

    /** Reads what {@link #payload} gave. */
    static ReplaceRegions decode(RegionHost host, Kind kind, byte[] bytes, String where) {
        return new ReplaceRegions(host, kind, Payload.decode(bytes, where));
    }

    @Override
    public String kind() {
        return kind.word();
    }

    @Override
    public byte[] payload() {
        return payload.encode();
    }

    @Override
    public SortedSet<String> locks() {
        SortedSet<String> locks = new TreeSet<>();
        locks.add("table " + payload.table());
        if (!payload.snapshot().isEmpty()) {
            locks.add("snapshot " + payload.snapshot());
        }
        return locks;
    }

    @Override
    public List<RegionInfo> closed() {
        return payload.old();
    }

    @Override
    public String describe() {
        return kind.word()
                + " "
                + payload.table()
                + payload.old().stream()
                        .map(RegionInfo::toString)
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    @Override
    public List<Step> steps() {
        return List.of(
                new Step("close", this::close),
                new Step("make", this::make),
                new Step("commit", this::commit),
                new Step("open", this::open),
                new Step("retire", this::retire));
    }

    @Override
    public int binding() {
        return COMMIT;
    }

    private void close() {
        if (kind.keepsCells()) {
            host.closeFlushed(payload.old());
        } else {
            payload.old().forEach(host::closeDiscarded);
        }
    }

    private void make() {
        List<RegionFile> files = new ArrayList<>();
        if (kind.keepsCells()) {
            for (RegionInfo region : payload.old()) {
                host.files(region)
                        .forEach(file -> RowBounds.within(file, region).ifPresent(files::add));
            }
        } else if (!payload.snapshot().isEmpty()) {
            files.addAll(host.snapshotFiles(payload.snapshot()));
        }
        TableDescriptor descriptor =
                payload.descriptor()
                        .orElseGet(() -> host.catalogue().require(payload.table()).descriptor());
        for (RegionInfo region : payload.fresh()) {
            host.make(
                    region,
                    descriptor,
                    files.stream()
                            .flatMap(file -> RowBounds.within(file, region).stream())
                            .toList());
        }
    }

    private void commit() {
        if (kind == Kind.DROP) {
            payload.old().forEach(host.meta()::deleteRegion);
            Crash.point("procedure.drop.commit.between");
            host.meta().deleteTable(payload.table());
            host.publish(catalogue -> catalogue.without(payload.table()));
            return;
        }
        payload.descriptor().ifPresent(this::describeTable);
        for (RegionInfo region : payload.fresh()) {
            host.meta().putRegion(region);
            Crash.point("procedure." + kind.word() + ".commit.between");
        }
        payload.old().forEach(host.meta()::deleteRegion);
        host.publish(this::changed);
    }

    private void describeTable(TableDescriptor descriptor) {
        host.keepDescriptor(descriptor);
        host.meta().putTable(descriptor, payload.state());
    }

    private Catalogue changed(Catalogue before) {
        Catalogue after = before;
        if (payload.descriptor().isPresent()) {
            List<RegionInfo> regions =
                    before.find(payload.table()).map(Catalogue.Entry::regions).orElse(List.of());
            after =
                    before.with(
                            payload.table(),
                            new Catalogue.Entry(
                                    payload.descriptor().get(), payload.state(), regions));
        }
        for (RegionInfo region : payload.old()) {
            after = after.withoutRegion(region);
        }
        for (RegionInfo region : payload.fresh()) {
            after = after.withRegion(region);
        }
        return after;
    }

    private void open() {
        if (payload.state() == TableState.ENABLED) {
            payload.fresh().forEach(host::open);
        }
    }

    private void retire() {
        payload.old().forEach(host::retire);
        if (kind == Kind.DROP) {
            host.retireTable(payload.descriptor().orElseThrow());
        }
    }

    @Override
    public void undo() {
        payload.fresh().forEach(region -> host.directory().remove(host.directory().region(region)));
        Optional<Catalogue.Entry> table = host.catalogue().find(payload.table());
        if (table.isPresent() && table.get().state() == TableState.ENABLED) {
            payload.old().forEach(host::open);
        }
    }
}
