package org.skep.types.text;

/** Strings inside Hive's JSON. Stateless. */
public final class JsonText {
    private static final String HEX = "0123456789abcdef";
    // By byte: 0 to copy it, 'u' for a code, else the letter that follows the backslash.
    private static final byte[] ESCAPES = new byte[256];

    static {
        for (int i = 0; i < ' '; i++) {
            ESCAPES[i] = 'u';
        }
        ESCAPES['\b'] = 'b';
        ESCAPES['\f'] = 'f';
        ESCAPES['\n'] = 'n';
        ESCAPES['\r'] = 'r';
        ESCAPES['\t'] = 't';
        ESCAPES['"'] = '"';
        ESCAPES['\\'] = '\\';
    }

    private JsonText() {}

    /**
     * Prints UTF-8 with quotes, backslashes and control characters escaped; without quotes around.
     */
    public static void appendEscaped(byte[] data, int offset, int length, ByteSink out) {
        int copied = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            byte escape = ESCAPES[data[i] & 0xff];
            if (escape == 0) {
                continue;
            }
            out.append(data, copied, i - copied);
            copied = i + 1;
            out.append('\\');
            out.append(escape);
            if (escape == 'u') {
                out.appendAscii("00");
                out.append(HEX.charAt(data[i] >> 4));
                out.append(HEX.charAt(data[i] & 15));
            }
        }
        out.append(data, copied, end - copied);
    }
}
