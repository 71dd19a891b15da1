/**
 * Functions of dates, times and intervals. Start at {@link
 * org.skep.functions.time.DateTimeFunctions}.
 */
package org.skep.functions.time;
