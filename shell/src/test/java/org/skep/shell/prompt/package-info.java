/** Tests of the prompt's parts. Start at {@link org.skep.shell.prompt.LineParserTest}. */
package org.skep.shell.prompt;
