package org.skep.storage;

import org.skep.types.DataType;

/**
 * A column that a scan wants. Immutable.
 *
 * @param id the column's stable id in the catalogue, -1 if the table has none
 * @param ordinal its position among the table's own (non-partition) columns, for formats that go by
 *     position
 * @param name in lower case, for formats that go by name
 * @param type the type in which the values are wanted; the reader casts as Hive does where the
 *     file's type differs
 */
public record ScanColumn(int id, int ordinal, String name, DataType type) {}
