/**
 * Tests that end a process while it publishes. Start at {@link org.skep.engine.crash.CrashTest};
 * {@link org.skep.engine.crash.OverwritingProcess} is the process.
 */
package org.skep.engine.crash;
