package org.skep.executor.write;

import java.util.Locale;

/**
 * Names of partition directories as Hive writes them: {@code key=value}, where characters that mean
 * something in paths are written as {@code %XX}. Stateless.
 */
public final class PartitionPath {
    private static final String ESCAPED = "\"#%'*/:=?\\\u007F{[]^";

    private PartitionPath() {}

    /** A path segment with all special characters escaped. */
    public static String escape(String text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean special = character < ' ' || ESCAPED.indexOf(character) >= 0;
            if (special && escaped == null) {
                escaped = new StringBuilder(text.substring(0, i));
            }
            if (special) {
                escaped.append('%');
                escaped.append(Character.forDigit(character >> 4, 16));
                escaped.append(Character.forDigit(character & 15, 16));
                int end = escaped.length();
                escaped.replace(end - 2, end, escaped.substring(end - 2).toUpperCase(Locale.ROOT));
            } else if (escaped != null) {
                escaped.append(character);
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    /** The directory of a key's value; {@code value} is null for the default partition. */
    public static String segment(String key, String value, String defaultName) {
        return escape(key.toLowerCase(Locale.ROOT))
                + "="
                + escape(value == null ? defaultName : value);
    }
}
