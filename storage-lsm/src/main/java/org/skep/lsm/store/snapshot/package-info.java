/**
 * Snapshots: which files made up a table at a moment. Start at {@link
 * org.skep.lsm.store.snapshot.SnapshotDirectory}.
 */
package org.skep.lsm.store.snapshot;
