/**
 * A query as a graph of stages: fragments of the physical plan joined by exchanges. Start at {@link
 * org.skep.plan.stage.StageGraph}.
 */
package org.skep.plan.stage;
