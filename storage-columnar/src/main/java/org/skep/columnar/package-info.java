/**
 * The file formats that this module offers, by our names and by the class names that Hive knows
 * them by. Start at {@link org.skep.columnar.ColumnarFormats}.
 */
package org.skep.columnar;
