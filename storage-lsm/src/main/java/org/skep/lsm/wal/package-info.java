/**
 * The write-ahead log of a whole store: records, group commit, rolling and recovery, and the
 * sequence ids and read point that order all writes. Start at {@link org.skep.lsm.wal.Wal}; the
 * format is specified in {@code docs/formats/wal.md}.
 */
package org.skep.lsm.wal;
