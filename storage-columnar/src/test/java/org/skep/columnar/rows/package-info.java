/**
 * Rows to write into files and to read from them, for the tests of all binary formats. Start at
 * {@link org.skep.columnar.rows.FileRows}.
 */
package org.skep.columnar.rows;
