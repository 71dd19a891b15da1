package org.skep.parser;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * Puts the values of variables into a text before it is read: {@code ${hiveconf:a}}, {@code
 * ${hivevar:a}}, {@code ${a}}, {@code ${system:a}}, {@code ${env:a}}. Values may hold variables
 * themselves, 40 levels deep. What has no value stays as it stands. As safe for threads as its
 * lookup.
 */
public final class VariableSubstitution {
    /** How often the text is gone through again for variables that came with values. */
    public static final int MAX_DEPTH = 40;

    // No blank, brace or dollar inside, so that of nested ones the inner is found first.
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}$ ]+)}");

    private final VariableLookup lookup;

    /** Substitution with the values of {@code lookup}. */
    public VariableSubstitution(VariableLookup lookup) {
        this.lookup = lookup;
    }

    /** The text with its variables replaced. Variables that never end fail with a code. */
    public String apply(String text) {
        String current = text;
        for (int depth = 0; depth <= MAX_DEPTH; depth++) {
            if (!current.contains("${")) {
                return current;
            }
            Optional<String> next = replaceOnce(current);
            if (next.isEmpty()) {
                return current;
            }
            current = next.get();
        }
        throw new SkepException(
                ErrorCode.SEMANTIC_ERROR,
                "Variables must not nest deeper than " + MAX_DEPTH + " levels: " + text);
    }

    /** The text with each variable that has a value replaced once; empty if there is none. */
    private Optional<String> replaceOnce(String text) {
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder result = new StringBuilder();
        boolean found = false;
        while (matcher.find()) {
            Optional<String> value = value(matcher.group(1));
            found |= value.isPresent();
            matcher.appendReplacement(
                    result, Matcher.quoteReplacement(value.orElse(matcher.group())));
        }
        return found ? Optional.of(matcher.appendTail(result).toString()) : Optional.empty();
    }

    private Optional<String> value(String variable) {
        int colon = variable.indexOf(':');
        if (colon > 0) {
            String prefix = variable.substring(0, colon).toUpperCase(Locale.ROOT);
            for (VariableLookup.Namespace namespace : VariableLookup.Namespace.values()) {
                if (namespace.name().equals(prefix)) {
                    return lookup.value(namespace, variable.substring(colon + 1));
                }
            }
        }
        return lookup.value(VariableLookup.Namespace.HIVEVAR, variable);
    }
}
