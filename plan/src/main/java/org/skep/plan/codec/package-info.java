/**
 * Plans as bytes: versioned JSON with a closed list of types, specified in {@code
 * docs/formats/fragment.md}. Start at {@link org.skep.plan.codec.FragmentCodec}.
 */
package org.skep.plan.codec;
