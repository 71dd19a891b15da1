/**
 * The calls of HiveServer2's TCLIService as Java methods over immutable values and column blocks:
 * the one contract between clients and the service, whether a socket lies between them or not.
 * Start at {@link org.skep.rpc.HiveService}.
 */
package org.skep.rpc;
