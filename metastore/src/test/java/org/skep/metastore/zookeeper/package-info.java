/**
 * Tests of the catalogue against a real server in this process. Start at {@link
 * org.skep.metastore.zookeeper.ZooKeeperCatalogueTest}.
 */
package org.skep.metastore.zookeeper;
