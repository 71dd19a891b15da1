/**
 * Tests that damage stores and repair them. Start at {@link org.skep.lsm.store.check.RangesTest}.
 */
package org.skep.lsm.store.check;
