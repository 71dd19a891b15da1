/**
 * Tests of who owns a data directory. Start at {@link org.skep.metastore.owner.DataDirectoryTest}.
 */
package org.skep.metastore.owner;
