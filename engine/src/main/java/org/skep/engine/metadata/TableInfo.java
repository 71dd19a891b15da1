package org.skep.engine.metadata;

/**
 * A table or view as metadata calls list it. Immutable.
 *
 * @param type {@code MANAGED_TABLE}, {@code EXTERNAL_TABLE} or {@code VIRTUAL_VIEW}
 * @param comment empty if there is none
 */
public record TableInfo(String database, String name, String type, String comment) {}
