/** Tests of casts. Start at {@link org.skep.functions.cast.CastsTest}. */
package org.skep.functions.cast;
