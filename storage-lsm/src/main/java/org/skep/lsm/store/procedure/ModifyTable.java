package org.skep.lsm.store.procedure;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.store.meta.Catalogue;
import org.skep.lsm.store.meta.TableState;

/**
 * Gives a table another descriptor or another state; its regions stay. Confined to one thread.
 *
 * <ol>
 *   <li>close: the regions are not served any more, all writes are in files
 *   <li>commit: meta says what the table is; from here on it only goes forward
 *   <li>trim: files of families that are gone are no part of the regions any more
 *   <li>open: the regions are served, if the table is enabled
 * </ol>
 */
public final class ModifyTable implements Procedure {
    /** Which change it is. Names are stored: never rename. */
    public enum Kind {
        /** Another descriptor, the same state. */
        ALTER,
        /** From disabled to enabled. */
        ENABLE,
        /** From enabled to disabled. */
        DISABLE;

        private String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final RegionHost host;
    private final Kind kind;
    private final Payload payload;

    private ModifyTable(RegionHost host, Kind kind, Payload payload) {
        this.host = host;
        this.kind = kind;
        this.payload = payload;
    }

    /** Gives a table another descriptor. */
    public static ModifyTable alter(
            RegionHost host, Catalogue.Entry table, TableDescriptor descriptor) {
        return new ModifyTable(host, Kind.ALTER, payload(table, descriptor, table.state()));
    }

    /** Lets a table be read and written. */
    public static ModifyTable enable(RegionHost host, Catalogue.Entry table) {
        return new ModifyTable(
                host, Kind.ENABLE, payload(table, table.descriptor(), TableState.ENABLED));
    }

    /** Closes a table's regions. */
    public static ModifyTable disable(RegionHost host, Catalogue.Entry table) {
        return new ModifyTable(
                host, Kind.DISABLE, payload(table, table.descriptor(), TableState.DISABLED));
    }

    private static Payload payload(
            Catalogue.Entry table, TableDescriptor descriptor, TableState state) {
        return new Payload(
                descriptor.name(), Optional.of(descriptor), state, "", table.regions(), List.of());
    }

    /** Reads what {@link #payload} gave. */
    static ModifyTable decode(RegionHost host, Kind kind, byte[] bytes, String where) {
        return new ModifyTable(host, kind, Payload.decode(bytes, where));
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
        return new TreeSet<>(Set.of("table " + payload.table()));
    }

    @Override
    public List<RegionInfo> closed() {
        return payload.old();
    }

    @Override
    public String describe() {
        return kind.word() + " " + payload.table();
    }

    @Override
    public List<Step> steps() {
        return List.of(
                new Step("close", this::close),
                new Step("commit", this::commit),
                new Step("trim", this::trim),
                new Step("open", this::open));
    }

    @Override
    public int binding() {
        return 1;
    }

    private void close() {
        if (kind != Kind.ENABLE) {
            host.closeFlushed(payload.old());
        }
    }

    private void commit() {
        TableDescriptor descriptor = payload.descriptor().orElseThrow();
        if (kind == Kind.ALTER) {
            host.keepDescriptor(descriptor);
        }
        host.meta().putTable(descriptor, payload.state());
        host.publish(
                catalogue ->
                        catalogue.with(
                                payload.table(),
                                catalogue
                                        .require(payload.table())
                                        .as(descriptor)
                                        .in(payload.state())));
    }

    private void trim() {
        if (kind == Kind.ALTER) {
            Set<String> families =
                    payload.descriptor().orElseThrow().families().stream()
                            .map(ColumnFamily::name)
                            .collect(Collectors.toSet());
            payload.old().forEach(region -> host.keepFamilies(region, families));
        }
    }

    private void open() {
        if (payload.state() == TableState.ENABLED) {
            for (RegionInfo region : payload.old()) {
                host.open(region);
            }
        }
    }

    @Override
    public void undo() {
        if (host.catalogue().require(payload.table()).state() == TableState.ENABLED) {
            payload.old().forEach(host::open);
        }
    }
}
