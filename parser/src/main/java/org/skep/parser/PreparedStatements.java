package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.error.SourceLocation;
import org.skep.grammar.HiveLexer;
import org.skep.parser.ast.SourceSpan;
import org.skep.parser.ast.Statement;

/**
 * Reads PREPARE and EXECUTE from their tokens: what is prepared has question marks, which are no
 * HiveQL before constants stand in their places. Stateless.
 */
final class PreparedStatements {
    private PreparedStatements() {}

    static Optional<Statement> recognize(String sql, List<Token> all) {
        List<Token> tokens = new ArrayList<>();
        for (Token token : all) {
            if (token.getChannel() == Token.DEFAULT_CHANNEL && token.getType() != Token.EOF) {
                tokens.add(token);
            }
        }
        while (!tokens.isEmpty() && tokens.get(tokens.size() - 1).getText().equals(";")) {
            tokens.remove(tokens.size() - 1);
        }
        if (is(tokens, 0, "PREPARE")) {
            return Optional.of(prepare(sql, tokens));
        }
        return is(tokens, 0, "EXECUTE") ? Optional.of(execute(sql, tokens)) : Optional.empty();
    }

    private static Statement prepare(String sql, List<Token> tokens) {
        if (tokens.size() < 4 || !is(tokens, 2, "FROM")) {
            throw malformed(tokens, "PREPARE must be followed by a name, FROM and a query");
        }
        int start = tokens.get(3).getStartIndex();
        int end = tokens.get(tokens.size() - 1).getStopIndex() + 1;
        // Blanks in front keep places in the text those in the statement.
        String text = sql.substring(0, start).replaceAll("[^\\r\\n]", " ");
        return new Statement.Prepare(
                name(tokens.get(1)), text + sql.substring(start, end), span(tokens));
    }

    private static Statement execute(String sql, List<Token> tokens) {
        if (tokens.size() < 4 || !is(tokens, 2, "USING")) {
            throw malformed(tokens, "EXECUTE must be followed by a name, USING and constants");
        }
        List<String> constants = new ArrayList<>();
        int start = 3;
        for (int i = 3; i <= tokens.size(); i++) {
            if (i == tokens.size() || tokens.get(i).getText().equals(",")) {
                if (!isConstant(tokens.subList(start, i))) {
                    throw notConstant(sql, tokens, start);
                }
                int from = tokens.get(start).getStartIndex();
                constants.add(sql.substring(from, tokens.get(i - 1).getStopIndex() + 1));
                start = i + 1;
            }
        }
        return new Statement.Execute(name(tokens.get(1)), constants, span(tokens));
    }

    private static SkepException notConstant(String sql, List<Token> tokens, int start) {
        List<Token> rest = tokens.subList(Math.min(start, tokens.size() - 1), tokens.size());
        int end = tokens.get(tokens.size() - 1).getStopIndex() + 1;
        return malformed(
                rest,
                "Parameter must be a constant: " + sql.substring(rest.get(0).getStartIndex(), end));
    }

    // A word of its own, a number with a sign, or DATE, TIMESTAMP and the like with a text.
    private static boolean isConstant(List<Token> tokens) {
        if (tokens.isEmpty() || tokens.size() > 2) {
            return false;
        }
        String first = tokens.get(0).getText();
        if (tokens.size() == 2) {
            boolean sign = first.equals("-") && Character.isDigit(start(tokens.get(1)));
            return sign || (Character.isLetter(first.charAt(0)) && isText(tokens.get(1)));
        }
        return isText(tokens.get(0))
                || Character.isDigit(first.charAt(0))
                || List.of("NULL", "TRUE", "FALSE").contains(first.toUpperCase(Locale.ROOT));
    }

    private static char start(Token token) {
        return token.getText().charAt(0);
    }

    private static boolean isText(Token token) {
        return start(token) == '\'' || start(token) == '"';
    }

    private static boolean is(List<Token> tokens, int index, String word) {
        return index < tokens.size() && tokens.get(index).getText().equalsIgnoreCase(word);
    }

    private static String name(Token token) {
        return token.getText().replace("`", "").toLowerCase(Locale.ROOT);
    }

    private static SourceSpan span(List<Token> tokens) {
        Token first = tokens.get(0);
        Token last = tokens.get(tokens.size() - 1);
        return new SourceSpan(
                SourceText.location(first), first.getStartIndex(), last.getStopIndex() + 1);
    }

    private static SkepException malformed(List<Token> tokens, String message) {
        SourceLocation location = SourceText.location(tokens.get(0));
        return new SkepException(ErrorCode.PARSE_ERROR, location, message);
    }

    static boolean isParameter(Token token) {
        return token.getType() == HiveLexer.UNRECOGNIZED && token.getText().equals("?");
    }

    /** The text with constants instead of question marks, in their order. */
    static String withConstants(String text, List<Token> tokens, List<String> constants) {
        StringBuilder bound = new StringBuilder();
        int copied = 0;
        int count = 0;
        for (Token token : tokens) {
            if (isParameter(token)) {
                if (count == constants.size()) {
                    throw new SkepException(
                            ErrorCode.SEMANTIC_ERROR,
                            "Parameter must have a value: " + (count + 1));
                }
                bound.append(text, copied, token.getStartIndex()).append(constants.get(count));
                copied = token.getStopIndex() + 1;
                count++;
            }
        }
        return bound.append(text, copied, text.length()).toString();
    }
}
