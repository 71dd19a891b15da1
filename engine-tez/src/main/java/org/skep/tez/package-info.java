/**
 * Runs queries on Apache Tez: on a YARN cluster, or in Tez's local mode within this process. Start
 * at {@link org.skep.tez.TezEngine}.
 */
package org.skep.tez;
