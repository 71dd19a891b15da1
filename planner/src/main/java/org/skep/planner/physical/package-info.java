/**
 * From relational algebra to operators and stages: which join, where rows change hands, what is
 * read. Start at {@link org.skep.planner.physical.PhysicalPlanner}.
 */
package org.skep.planner.physical;
