/**
 * The meta table: which namespaces, tables and regions there are and which procedures run, as rows
 * and in memory. Start at {@link org.skep.lsm.store.meta.MetaTable}.
 */
package org.skep.lsm.store.meta;
