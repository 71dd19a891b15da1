/**
 * Functions that call methods of Java by name, and what they make of SQL's values. Start at {@link
 * org.skep.functions.reflection.ReflectionFunctions}.
 */
package org.skep.functions.reflection;
