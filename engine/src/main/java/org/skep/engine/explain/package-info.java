/** Prints plans as EXPLAIN shows them. Start at {@link org.skep.engine.explain.PlanText}. */
package org.skep.engine.explain;
