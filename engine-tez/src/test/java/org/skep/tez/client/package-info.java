/** What is shipped to a cluster. Start at {@link org.skep.tez.client.TaskClassPathTest}. */
package org.skep.tez.client;
