/**
 * Tests of how stages are dealt out to tasks. Start at {@link
 * org.skep.executor.dag.SplitSharesTest}.
 */
package org.skep.executor.dag;
