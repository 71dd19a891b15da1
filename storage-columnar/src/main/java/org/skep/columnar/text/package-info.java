/**
 * Text files as Hive's LazySimpleSerDe lays them out: a line a row, fields parted by a byte, nested
 * values by further bytes. Start at {@link org.skep.columnar.text.TextFormat}.
 */
package org.skep.columnar.text;
