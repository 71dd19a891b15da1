/**
 * Text files whose lines are rows: as Hive's LazySimpleSerDe lays them out, with fields parted by a
 * byte and nested values by further bytes; and as CSV, JSON and matches of a regular expression.
 * Start at {@link org.skep.columnar.text.TextFormat}.
 */
package org.skep.columnar.text;
