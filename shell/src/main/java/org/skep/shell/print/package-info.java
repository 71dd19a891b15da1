/**
 * Prints results as tables, TSV or CSV, row by row. Start at {@link
 * org.skep.shell.print.ResultPrinter}.
 */
package org.skep.shell.print;
