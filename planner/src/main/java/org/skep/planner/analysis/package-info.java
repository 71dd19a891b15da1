/**
 * Binding: names, types and coercions of HiveQL, from the syntax tree to Calcite's relational
 * algebra. Start at {@link org.skep.planner.analysis.QueryBinder}.
 */
package org.skep.planner.analysis;
