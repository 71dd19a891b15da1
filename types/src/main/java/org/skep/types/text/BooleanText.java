package org.skep.types.text;

/** BOOLEAN as text. Stateless. */
public final class BooleanText {
    private BooleanText() {}

    /**
     * Hive's rule for CAST: {@code false}, {@code off}, {@code no}, {@code 0} and the empty string,
     * in any case, are false; all else is true.
     */
    public static boolean parseCast(byte[] data, int offset, int length) {
        return switch (length) {
            case 0 -> false;
            case 1 -> data[offset] != '0';
            case 2 -> !same(data, offset, "no");
            case 3 -> !same(data, offset, "off");
            case 5 -> !same(data, offset, "false");
            default -> true;
        };
    }

    /**
     * Hive's rule for fields of text files: {@code true} or {@code false} in any case.
     *
     * @return whether it is one of them, then {@link Parsed#value} is 1 or 0
     */
    public static boolean parseStored(byte[] data, int offset, int length, Parsed result) {
        if (length == 4 && same(data, offset, "true")) {
            result.value = 1;
            return true;
        }
        if (length == 5 && same(data, offset, "false")) {
            result.value = 0;
            return true;
        }
        return false;
    }

    /**
     * The rule of {@code hive.lazysimple.extended_boolean_literal}: also {@code t}, {@code 1},
     * {@code f} and {@code 0}.
     *
     * @return whether it is one of them, then {@link Parsed#value} is 1 or 0
     */
    public static boolean parseExtended(byte[] data, int offset, int length, Parsed result) {
        if (length != 1) {
            return parseStored(data, offset, length, result);
        }
        byte c = data[offset];
        boolean yes = c == '1' || c == 't' || c == 'T';
        result.value = yes ? 1 : 0;
        return yes || c == '0' || c == 'f' || c == 'F';
    }

    private static boolean same(byte[] data, int offset, String lowerCase) {
        for (int i = 0; i < lowerCase.length(); i++) {
            if ((data[offset + i] | 0x20) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Prints {@code true} or {@code false}. */
    public static void append(boolean value, ByteSink out) {
        out.appendAscii(value ? "true" : "false");
    }
}
