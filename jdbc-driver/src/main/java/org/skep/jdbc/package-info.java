/**
 * The JDBC driver: java.sql over the service calls, without any dependency, whether the service
 * lies in this process or elsewhere. Start at {@link org.skep.jdbc.SkepDriver}.
 */
package org.skep.jdbc;
