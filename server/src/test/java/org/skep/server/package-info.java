/**
 * Tests of the service over real warehouses. Start at {@link org.skep.server.LocalHiveServiceTest}.
 */
package org.skep.server;
