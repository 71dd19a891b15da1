/**
 * Calcite's rules in the order that gives good plans, and the statistics that they decide by. Start
 * at {@link org.skep.planner.optimize.Optimizer}.
 */
package org.skep.planner.optimize;
