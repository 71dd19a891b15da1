/** Plans of whole queries over made-up tables. Start at {@link org.skep.planner.TpchPlanTest}. */
package org.skep.planner;
