/**
 * Functions that choose among their arguments, and functions about the session. Start at {@link
 * org.skep.functions.conditional.ConditionalFunctions}.
 */
package org.skep.functions.conditional;
