/**
 * The regions that are served: which one a row belongs to, how they come and go, and the deletion
 * of files that nobody names. Start at {@link org.skep.lsm.store.host.Hosting}.
 */
package org.skep.lsm.store.host;
