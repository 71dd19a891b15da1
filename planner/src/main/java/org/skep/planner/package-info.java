/**
 * From the syntax tree of a query to a graph of stages. Start at {@link org.skep.planner.Planner}.
 */
package org.skep.planner;
