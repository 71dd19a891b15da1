/**
 * The command {@code skep}: reads statements from options, files or a prompt and prints results.
 * Start at {@link org.skep.shell.Main}.
 */
package org.skep.shell;
