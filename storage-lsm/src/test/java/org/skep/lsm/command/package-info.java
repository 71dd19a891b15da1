/** Tests of the command. Start at {@link org.skep.lsm.command.RegionsCommandTest}. */
package org.skep.lsm.command;
