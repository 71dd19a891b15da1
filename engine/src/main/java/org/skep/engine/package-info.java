/**
 * The embedded query API: a warehouse on a data directory and sessions that run statements. Start
 * at {@link org.skep.engine.Warehouse}.
 */
package org.skep.engine;
