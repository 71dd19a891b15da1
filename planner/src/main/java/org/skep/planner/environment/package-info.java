/**
 * What planning asks of the engine and what it is told about tables. Start at {@link
 * org.skep.planner.environment.PlanEnvironment}.
 */
package org.skep.planner.environment;
