package org.skep.functions.reflection;

/**
 * A value of type CHAR, VARCHAR, TIMESTAMP WITH LOCAL TIME ZONE or an interval, as called methods
 * get it: its text. Immutable.
 */
public record TextValue(String text) implements Comparable<TextValue> {
    /** The text, with the blanks that a CHAR is filled up with. */
    public String getValue() {
        return text;
    }

    /** The text without blanks at its end. */
    public String getStrippedValue() {
        return text.stripTrailing();
    }

    /** How many characters there are, without blanks at the end. */
    public int getCharacterLength() {
        return text.stripTrailing().codePointCount(0, text.stripTrailing().length());
    }

    @Override
    public int compareTo(TextValue other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
