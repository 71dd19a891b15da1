package org.skep.lsm.filter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.skep.lsm.cell.Bytes;

/**
 * Equal if the stored text (UTF-8) contains a text, in upper or lower case. Immutable.
 *
 * @param text what to find
 */
public record SubstringComparator(String text) implements ByteComparator {
    public SubstringComparator {
        text = text.toLowerCase(Locale.ROOT);
    }

    @Override
    public int compare(ByteBuffer buffer, int offset, int length) {
        String stored = new String(Bytes.copy(buffer, offset, length), StandardCharsets.UTF_8);
        return stored.toLowerCase(Locale.ROOT).contains(text) ? 0 : 1;
    }
}
