package org.skep.jdbc;

import java.sql.SQLWarning;

/** The chain of warnings of a connection or statement. Guarded by itself. */
final class Warnings {
    private SQLWarning first;

    synchronized void add(String text) {
        SQLWarning warning = new SQLWarning(text, SqlState.WARNING);
        if (first == null) {
            first = warning;
        } else {
            first.setNextWarning(warning);
        }
    }

    /** The first warning, with the others behind it; null if there is none. */
    synchronized SQLWarning first() {
        return first;
    }

    synchronized void clear() {
        first = null;
    }
}
