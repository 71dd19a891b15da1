/**
 * A program that runs a recorded query with the class path of a task. Start at {@link
 * org.skep.tez.process.TaskClassPathProgram}.
 */
package org.skep.tez.process;
