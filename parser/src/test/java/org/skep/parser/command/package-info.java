/** Tests of commands. Start at {@link org.skep.parser.command.CommandRecognizerTest}. */
package org.skep.parser.command;
