package org.skep.storage;

/** Finds formats by name. Safe for use by many threads. */
@FunctionalInterface
public interface TableFormats {
    /**
     * The format of that name.
     *
     * @throws org.skep.base.error.SkepException NOT_SUPPORTED if there is none
     */
    TableFormat named(String name);
}
