/**
 * Checks text files against Hive's measured results. Start at {@link
 * org.skep.columnar.text.TextFormatTest}.
 */
package org.skep.columnar.text;
