package org.skep.functions.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/** A Java regular expression that is to be found somewhere in a text. Confined to one thread. */
final class RegexMatcher implements TextMatcher {
    private final Matcher matcher;

    private RegexMatcher(Pattern pattern) {
        matcher = pattern.matcher("");
    }

    /** Matches nothing if the expression is empty, as Hive does. */
    static TextMatcher compile(byte[] expression) {
        if (expression.length == 0) {
            return (data, start, length) -> false;
        }
        return new RegexMatcher(pattern(new String(expression, StandardCharsets.UTF_8)));
    }

    /**
     * Compiles an expression of a user.
     *
     * @throws SkepException SEMANTIC_ERROR
     */
    static Pattern pattern(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    "Regular expression must be well formed: " + expression,
                    e);
        }
    }

    @Override
    public boolean matches(byte[] data, int start, int length) {
        return matcher.reset(new String(data, start, length, StandardCharsets.UTF_8)).find();
    }
}
