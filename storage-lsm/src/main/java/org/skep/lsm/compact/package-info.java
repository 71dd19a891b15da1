/**
 * Which files of a family are joined, and the joining. Start at {@link
 * org.skep.lsm.compact.CompactionPolicy}, then {@link org.skep.lsm.compact.Compactor}.
 */
package org.skep.lsm.compact;
