/**
 * Keys of several columns as bytes whose unsigned order is the order of the rows. Start at {@link
 * org.skep.types.key.KeyEncoder}.
 */
package org.skep.types.key;
