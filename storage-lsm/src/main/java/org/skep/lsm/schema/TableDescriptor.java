package org.skep.lsm.schema;

import java.util.List;
import java.util.Optional;

/**
 * A table: its name, its families in the order of their names, its options. Immutable.
 *
 * @param name the table's name
 * @param families at least one, sorted by the bytes of their names, no name twice
 * @param durability what an acknowledged write survives unless the call says otherwise
 * @param flushSize bytes in a region's memstore at which it is flushed
 * @param maxFileSize bytes of a region's largest store at which the region is split; 0 for never
 */
public record TableDescriptor(
        TableName name,
        List<ColumnFamily> families,
        Durability durability,
        long flushSize,
        long maxFileSize) {
    /** The default flush size in bytes. */
    public static final long DEFAULT_FLUSH_SIZE = 128L << 20;

    /** The default size of a store at which its region is split, in bytes. */
    public static final long DEFAULT_MAX_FILE_SIZE = 10L << 30;

    public TableDescriptor {
        families =
                families.stream()
                        .sorted(
                                (a, b) ->
                                        java.util.Arrays.compareUnsigned(
                                                a.nameBytes(), b.nameBytes()))
                        .toList();
        if (families.isEmpty() || families.size() > Short.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Table must have 1 to %d column families: %s has %d"
                            .formatted(Short.MAX_VALUE, name, families.size()));
        }
        for (int i = 1; i < families.size(); i++) {
            if (families.get(i).name().equals(families.get(i - 1).name())) {
                throw new IllegalArgumentException(
                        "Column family is there twice: " + families.get(i).name());
            }
        }
        if (flushSize < 1 || maxFileSize < 0) {
            throw new IllegalArgumentException(
                    "Invalid sizes of %s: %d, %d".formatted(name, flushSize, maxFileSize));
        }
    }

    /** A table with default options. */
    public static TableDescriptor of(TableName name, ColumnFamily... families) {
        return new TableDescriptor(
                name,
                List.of(families),
                Durability.USE_DEFAULT,
                DEFAULT_FLUSH_SIZE,
                DEFAULT_MAX_FILE_SIZE);
    }

    /** The family with a name, if there is one. */
    public Optional<ColumnFamily> family(String family) {
        return families.stream().filter(f -> f.name().equals(family)).findFirst();
    }
}
