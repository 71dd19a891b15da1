/**
 * Exact arithmetic on the lanes of decimals, without objects for rows. Start at {@link
 * org.skep.functions.decimal.WideInteger}.
 */
package org.skep.functions.decimal;
