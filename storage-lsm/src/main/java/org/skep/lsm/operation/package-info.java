/**
 * What a client asks of a table: mutations, gets and scans, and what it is given. Start at {@link
 * org.skep.lsm.operation.Mutation}.
 */
package org.skep.lsm.operation;
