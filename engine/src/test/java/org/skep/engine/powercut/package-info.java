/**
 * What a warehouse does and is asked when the power of its disk is cut. Start at {@link
 * org.skep.engine.powercut.PowerCutProcess}; {@code engine/power-cut/run} cuts.
 */
package org.skep.engine.powercut;
