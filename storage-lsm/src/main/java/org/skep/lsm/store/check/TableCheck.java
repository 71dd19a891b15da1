package org.skep.lsm.store.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.directory.StoreDirectory;
import org.skep.lsm.store.meta.Catalogue;
import org.skep.lsm.store.meta.DescriptorFormat;
import org.skep.lsm.store.meta.MetaTable;
import org.skep.lsm.store.meta.TableState;

/** Compares the tables of meta with their directories. Confined to one thread. */
final class TableCheck {
    private final CheckedStore store;

    TableCheck(CheckedStore store) {
        this.store = store;
    }

    // Tables that have directories, and what they say of themselves.
    void run() {
        for (FileStatus namespace : store.listed(store.directory.data())) {
            for (FileStatus table : store.listed(namespace.path())) {
                boolean system = namespace.name().equals(MetaTable.SYSTEM_NAMESPACE);
                if (table.directory() && !system) {
                    checkTable(new TableName(namespace.name(), table.name()), table.path());
                }
            }
        }
        for (Catalogue.Entry table : store.catalogue.tables().values()) {
            TableDescriptor descriptor = table.descriptor();
            String path = store.directory.table(descriptor.name());
            if (newestDescriptor(path, new ArrayList<>()).isEmpty()) {
                store.found(
                        Finding.Kind.DESCRIPTION,
                        "Table's directory does not say what it is: " + descriptor.name(),
                        "written from meta",
                        () -> writeDescriptor(descriptor));
            }
        }
    }

    private Optional<TableDescriptor> newestDescriptor(String path, List<String> damaged) {
        int newest = -1;
        Optional<TableDescriptor> found = Optional.empty();
        for (FileStatus file : store.listed(path)) {
            OptionalInt number = StoreDirectory.tableInfoNumber(file.name());
            if (number.isPresent()) {
                try {
                    TableDescriptor read =
                            DescriptorFormat.decode(store.directory.read(file.path()), file.path());
                    if (number.getAsInt() > newest) {
                        newest = number.getAsInt();
                        found = Optional.of(read);
                    }
                } catch (SkepException e) {
                    CheckedStore.requireDamage(e);
                    damaged.add(file.path());
                }
            }
        }
        return found;
    }

    private void writeDescriptor(TableDescriptor descriptor) {
        String path = store.directory.table(descriptor.name());
        store.directory.makeDirectory(path);
        int last = 0;
        for (FileStatus file : store.listed(path)) {
            last = Math.max(last, StoreDirectory.tableInfoNumber(file.name()).orElse(0));
        }
        store.directory.writeOnce(
                path + "/" + StoreDirectory.TABLE_INFO + (last + 1),
                DescriptorFormat.encode(descriptor));
    }

    private void checkTable(TableName table, String path) {
        List<String> damaged = new ArrayList<>();
        Optional<TableDescriptor> descriptor = newestDescriptor(path, damaged);
        for (String file : damaged) {
            store.found(
                    Finding.Kind.DESCRIPTION,
                    "Table's description is damaged: " + file,
                    "moved to lost/",
                    () -> store.putAside(file));
        }
        if (store.catalogue.find(table).isPresent() || store.regionDirectories(path).isEmpty()) {
            return;
        }
        if (store.meta == null) {
            return;
        }
        TableDescriptor added = descriptor.orElseGet(() -> guess(table, path));
        store.found(
                Finding.Kind.META,
                "Meta does not have table " + table,
                descriptor.isPresent()
                        ? "added as its directory says"
                        : "added with default options and the families that it has files of",
                () -> addTable(added));
        // As it will be, so that the regions are looked at.
        store.catalogue =
                store.catalogue
                        .withNamespace(table.namespace())
                        .with(table, new Catalogue.Entry(added, TableState.ENABLED, List.of()));
    }

    private void addTable(TableDescriptor table) {
        if (!store.catalogue.namespaces().contains(table.name().namespace())) {
            store.meta.putNamespace(
                    table.name().namespace(), store.options.clock().now().toEpochMilli());
        }
        writeDescriptor(table);
        store.meta.putTable(table, TableState.ENABLED);
    }

    private TableDescriptor guess(TableName table, String path) {
        Map<String, ColumnFamily> families = new TreeMap<>();
        for (FileStatus region : store.regionDirectories(path)) {
            for (FileStatus family : store.listed(region.path())) {
                if (family.directory()) {
                    families.put(family.name(), ColumnFamily.named(family.name()));
                }
            }
        }
        if (families.isEmpty()) {
            families.put("f", ColumnFamily.named("f"));
        }
        return TableDescriptor.of(table, families.values().toArray(new ColumnFamily[0]));
    }
}
