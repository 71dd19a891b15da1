/** Tests of keys. Start at {@link org.skep.types.key.KeyEncoderTest}. */
package org.skep.types.key;
