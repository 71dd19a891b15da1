/**
 * From tables to the pieces that tasks read, and what is known of them before. Start at {@link
 * org.skep.engine.scan.SplitPlanner}.
 */
package org.skep.engine.scan;
