package org.skep.base.error;

/**
 * A place in the text of a statement. Immutable.
 *
 * @param line counted from 1
 * @param column counted from 0, in UTF-16 units, as Hive prints it
 */
public record SourceLocation(int line, int column) {
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
