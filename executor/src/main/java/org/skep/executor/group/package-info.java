/**
 * Numbers equal keys with the same group, for aggregation and joins. Start at {@link
 * org.skep.executor.group.GroupTable}.
 */
package org.skep.executor.group;
