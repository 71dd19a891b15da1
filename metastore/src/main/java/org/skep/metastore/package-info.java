/**
 * The catalogue: databases, tables, partitions and statistics as immutable records behind one
 * interface. Start at {@link org.skep.metastore.Catalogue}.
 */
package org.skep.metastore;
