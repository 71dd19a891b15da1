package org.skep.shell.prompt;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the name at the cursor can be, judged by the words around it. Immutable.
 *
 * @param qualifier what stands before the dot, in lower case; empty without a dot
 * @param words all names of the text, in lower case, of which some are tables
 */
record NamePlace(Kind kind, String qualifier, Set<String> words) {
    private static final Set<String> BEFORE_TABLES =
            Set.of("from", "join", "into", "table", "describe", "desc", "view", "update");
    private static final Set<String> BEFORE_DATABASES = Set.of("use", "database", "schema");

    /** What is expected. */
    enum Kind {
        /** A keyword or a column. */
        ANY,
        /** A table, or the database of one. */
        TABLE,
        /** A database. */
        DATABASE,
        /** A column of the qualifier, or a table of it. */
        MEMBER
    }

    NamePlace {
        words = Set.copyOf(words);
    }

    /** Looks at a text in which a name begins at {@code start}. */
    static NamePlace of(String text, int start) {
        String lower = text.toLowerCase(Locale.ROOT);
        int before = start;
        boolean dot = start > 0 && lower.charAt(start - 1) == '.';
        if (dot) {
            before--;
        } else {
            while (before > 0 && Character.isWhitespace(lower.charAt(before - 1))) {
                before--;
            }
        }
        int begin = nameStart(lower, before);
        String previous = lower.substring(begin, before);
        Set<String> words = new TreeSet<>(List.of(lower.split("[^\\p{L}\\p{N}_]+", -1)));
        if (dot) {
            return new NamePlace(Kind.MEMBER, previous, words);
        }
        if (BEFORE_DATABASES.contains(previous)) {
            return new NamePlace(Kind.DATABASE, "", words);
        }
        Kind kind = BEFORE_TABLES.contains(previous) ? Kind.TABLE : Kind.ANY;
        return new NamePlace(kind, "", words);
    }

    /** Where the name begins that ends before {@code end}. */
    static int nameStart(String text, int end) {
        int start = end;
        while (start > 0 && isNamePart(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
