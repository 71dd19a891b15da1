/**
 * The tables that metadata calls answer, as JDBC and Hive lay them out. Start at {@link
 * org.skep.server.metadata.MetadataTables}.
 */
package org.skep.server.metadata;
