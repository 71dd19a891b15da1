/** Tests of the log. Start at {@link org.skep.lsm.wal.WalTest}. */
package org.skep.lsm.wal;
