/** The command {@code skep regions}. Start at {@link org.skep.lsm.command.RegionsCommand}. */
package org.skep.lsm.command;
