/**
 * Reading flat and constant argument vectors row by row alike. Start at {@link
 * org.skep.functions.row.Flat}.
 */
package org.skep.functions.row;
