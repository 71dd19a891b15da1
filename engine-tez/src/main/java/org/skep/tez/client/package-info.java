/**
 * The coordinator's side: sessions of Tez, and queries as its DAGs. Start at {@link
 * org.skep.tez.client.TezRunner}.
 */
package org.skep.tez.client;
