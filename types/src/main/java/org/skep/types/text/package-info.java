/**
 * Reads and writes values as text by Hive's rules, from and to UTF-8 bytes without an object a
 * value. Start at {@link org.skep.types.text.ValueText} for printing and at {@link
 * org.skep.types.text.IntegerText} and its siblings for parsing.
 */
package org.skep.types.text;
