package org.skep.lsm.filter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.skep.lsm.cell.Bytes;

/**
 * Equal if a pattern is found anywhere in the stored text (UTF-8). Immutable.
 *
 * @param pattern what to find
 */
public record RegexStringComparator(Pattern pattern) implements ByteComparator {
    /** Finds an expression; its dots also stand for line ends. */
    public RegexStringComparator(String expression) {
        this(Pattern.compile(expression, Pattern.DOTALL));
    }

    @Override
    public int compare(ByteBuffer buffer, int offset, int length) {
        String text = new String(Bytes.copy(buffer, offset, length), StandardCharsets.UTF_8);
        return pattern.matcher(text).find() ? 0 : 1;
    }
}
