/** Tests of printing. Start at {@link org.skep.shell.print.PrintersTest}. */
package org.skep.shell.print;
