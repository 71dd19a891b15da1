/**
 * String functions over UTF-8 bytes, patterns and digests. Start at {@link
 * org.skep.functions.text.StringFunctions}; {@link org.skep.functions.text.StringPredicates} offers
 * patterns as filters.
 */
package org.skep.functions.text;
