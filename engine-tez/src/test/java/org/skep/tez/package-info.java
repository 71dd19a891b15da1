/** Queries on Tez against the same on threads. Start at {@link org.skep.tez.TezStatementsTest}. */
package org.skep.tez;
