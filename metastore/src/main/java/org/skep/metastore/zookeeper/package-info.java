/**
 * The catalogue in ZooKeeper, in this process or elsewhere; {@code docs/formats/catalogue.md}
 * describes the nodes byte by byte. Start at {@link
 * org.skep.metastore.zookeeper.ZooKeeperCatalogue}.
 */
package org.skep.metastore.zookeeper;
