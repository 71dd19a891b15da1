/**
 * How the stages of a query are run, whatever runs them. Start at {@link
 * org.skep.executor.dag.DagRunner}.
 */
package org.skep.executor.dag;
