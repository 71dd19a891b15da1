/**
 * Tests of the command over a driver written by hand. Start at {@link org.skep.shell.ShellTest}.
 */
package org.skep.shell;
