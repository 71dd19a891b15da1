/**
 * Declarations of functions that have a meaning only over a window. Start at {@link
 * org.skep.functions.window.WindowFunctions}.
 */
package org.skep.functions.window;
