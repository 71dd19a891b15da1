/** Rows put on disk for want of memory. Start at {@link org.skep.executor.spill.SpillFile}. */
package org.skep.executor.spill;
