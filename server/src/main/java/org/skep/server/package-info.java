/**
 * The service behind drivers and servers: sessions, operations and their results over a warehouse
 * in this process. Start at {@link org.skep.server.LocalHiveService}.
 */
package org.skep.server;
