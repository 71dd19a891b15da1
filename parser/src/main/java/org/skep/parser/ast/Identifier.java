package org.skep.parser.ast;

import java.util.Locale;

/**
 * A name. Names differ only by their letters, not by case or quotes. Immutable.
 *
 * @param text the name as written, without its quotes
 * @param quoted whether it stood in backquotes
 */
public record Identifier(String text, boolean quoted, SourceSpan span) implements Node {
    /** The name in lower case, which is how Hive knows it. */
    public String name() {
        return text.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Identifier identifier && identifier.name().equals(name());
    }

    @Override
    public int hashCode() {
        return name().hashCode();
    }

    @Override
    public String toString() {
        return name();
    }
}
