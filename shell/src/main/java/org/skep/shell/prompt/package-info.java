/**
 * The prompt: line editing, history and completion. Start at {@link org.skep.shell.prompt.Prompt}.
 */
package org.skep.shell.prompt;
