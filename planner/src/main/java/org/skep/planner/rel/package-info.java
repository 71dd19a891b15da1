/**
 * What Calcite has to know of HiveQL: types, operators that it moves but never computes, nodes of
 * our own, statistics. Start at {@link org.skep.planner.rel.RelTypes}.
 */
package org.skep.planner.rel;
