/**
 * What tests of functions share. Start at {@link org.skep.functions.call.PlainContext} and {@link
 * org.skep.functions.call.RandomData}.
 */
package org.skep.functions.call;
