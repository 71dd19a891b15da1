package org.skep.rpc;

import java.util.Objects;

/** An answer to {@link HiveService#getInfo}: a text or a number. Immutable. */
public final class InfoValue {
    private final String text;
    private final long number;
    private final boolean isText;

    private InfoValue(String text, long number, boolean isText) {
        this.text = text;
        this.number = number;
        this.isText = isText;
    }

    /** A text. */
    public static InfoValue of(String text) {
        return new InfoValue(Objects.requireNonNull(text, "text"), 0, true);
    }

    /** A number. */
    public static InfoValue of(long number) {
        return new InfoValue(Long.toString(number), number, false);
    }

    /** Whether it is a text. */
    public boolean isText() {
        return isText;
    }

    /** The text; a number in decimal digits. */
    public String text() {
        return text;
    }

    /** The number; 0 for a text. */
    public long number() {
        return number;
    }

    @Override
    public String toString() {
        return text;
    }
}
