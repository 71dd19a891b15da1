/**
 * Conversions between all types by Hive's rules. Start at {@link org.skep.functions.cast.Casts}.
 */
package org.skep.functions.cast;
