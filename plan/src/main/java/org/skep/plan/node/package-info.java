/**
 * The physical plan: a tree of records that says which operators do what, handed by the planner to
 * the executor. Start at {@link org.skep.plan.node.PhysicalNode}.
 */
package org.skep.plan.node;
