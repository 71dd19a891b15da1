package org.skep.functions.text;

/** A compiled pattern. Confined to one thread. */
interface TextMatcher {
    /** Whether a text in UTF-8 matches. */
    boolean matches(byte[] data, int start, int length);
}
