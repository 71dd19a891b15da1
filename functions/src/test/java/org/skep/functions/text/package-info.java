/**
 * Tests of string functions against plain Java. Start at {@link
 * org.skep.functions.text.StringFunctionsTest}.
 */
package org.skep.functions.text;
