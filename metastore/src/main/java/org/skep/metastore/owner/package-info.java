/**
 * The data directory and the one process that owns it. Start at {@link
 * org.skep.metastore.owner.DataDirectory}.
 */
package org.skep.metastore.owner;
