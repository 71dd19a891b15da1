package org.skep.parser;

import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.grammar.HiveLexer;
import org.skep.grammar.HiveParser;

/**
 * Turns the first syntax error into a failure in Hive's manner of speaking; nothing is repaired.
 * Confined to one thread.
 */
final class SyntaxErrors extends DefaultErrorStrategy {
    // The nearest of these around an error tells the reader where it lies.
    private static final Map<Integer, String> PLACES =
            Map.ofEntries(
                    Map.entry(HiveParser.RULE_expression, "expression specification"),
                    Map.entry(HiveParser.RULE_selectClause, "select clause"),
                    Map.entry(HiveParser.RULE_selectItem, "selection target"),
                    Map.entry(HiveParser.RULE_fromClause, "from clause"),
                    Map.entry(HiveParser.RULE_relationPrimary, "join source"),
                    Map.entry(HiveParser.RULE_joinPart, "join source"),
                    Map.entry(HiveParser.RULE_whereClause, "where clause"),
                    Map.entry(HiveParser.RULE_groupByClause, "group by clause"),
                    Map.entry(HiveParser.RULE_havingClause, "having clause"),
                    Map.entry(HiveParser.RULE_windowSpecification, "window specification"),
                    Map.entry(HiveParser.RULE_orderByClause, "order by clause"),
                    Map.entry(HiveParser.RULE_sortByClause, "sort by clause"),
                    Map.entry(HiveParser.RULE_clusterByClause, "cluster by clause"),
                    Map.entry(HiveParser.RULE_distributeByClause, "distribute by clause"),
                    Map.entry(HiveParser.RULE_limitClause, "limit clause"),
                    Map.entry(HiveParser.RULE_functionCall, "function specification"),
                    Map.entry(HiveParser.RULE_valuesClause, "values clause"),
                    Map.entry(HiveParser.RULE_qualifiedName, "table name"),
                    Map.entry(HiveParser.RULE_type, "column type"),
                    Map.entry(HiveParser.RULE_simple, "primitive type specification"),
                    Map.entry(HiveParser.RULE_columnDefinition, "column specification"),
                    Map.entry(HiveParser.RULE_partitionSpec, "partition specification"),
                    Map.entry(HiveParser.RULE_insertClause, "insert clause"),
                    Map.entry(HiveParser.RULE_createTable, "create table statement"),
                    Map.entry(HiveParser.RULE_createView, "create view statement"),
                    Map.entry(HiveParser.RULE_createDatabase, "create database statement"),
                    Map.entry(HiveParser.RULE_alterTable, "alter table statement"),
                    Map.entry(HiveParser.RULE_alterTableAction, "alter table statement"),
                    Map.entry(HiveParser.RULE_dropTable, "drop statement"),
                    Map.entry(HiveParser.RULE_loadStatement, "load statement"),
                    Map.entry(HiveParser.RULE_showStatement, "show statement"),
                    Map.entry(HiveParser.RULE_describeStatement, "describe statement"),
                    Map.entry(HiveParser.RULE_explainStatement, "explain statement"),
                    Map.entry(HiveParser.RULE_mergeStatement, "merge statement"),
                    Map.entry(HiveParser.RULE_updateStatement, "update statement"),
                    Map.entry(HiveParser.RULE_deleteStatement, "delete statement"));

    /** Fails at the first character that begins no token, such as a quote that is never closed. */
    static void checkCharacters(List<Token> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.getType() == HiveLexer.UNRECOGNIZED) {
                String text = token.getText();
                // The other half of a character that takes two units is the next token.
                String whole =
                        Character.isHighSurrogate(text.charAt(0))
                                ? text + tokens.get(i + 1).getText()
                                : text;
                throw new SkepException(
                        ErrorCode.PARSE_ERROR,
                        SourceText.location(token),
                        describeCharacter(whole));
            }
        }
    }

    private static String describeCharacter(String text) {
        return switch (text) {
            case "'", "\"" -> "String must be closed: " + text;
            case "`" -> "Quoted name must be closed: `";
            default -> "character '" + text + "' not supported here";
        };
    }

    @Override
    public void recover(Parser parser, RecognitionException e) {
        throw failure(parser, e.getOffendingToken(), e.getExpectedTokens());
    }

    @Override
    public void reportError(Parser parser, RecognitionException e) {
        // Where prediction gave up only after some tokens, what was expected at its start says
        // nothing.
        boolean late =
                e instanceof NoViableAltException prediction
                        && prediction.getStartToken() != prediction.getOffendingToken();
        throw failure(parser, e.getOffendingToken(), late ? null : e.getExpectedTokens());
    }

    @Override
    public Token recoverInline(Parser parser) {
        throw failure(parser, parser.getCurrentToken(), parser.getExpectedTokens());
    }

    @Override
    public void sync(Parser parser) {
        // Errors are found when the token is read.
    }

    private static SkepException failure(Parser parser, Token offending, IntervalSet expected) {
        return new SkepException(
                ErrorCode.PARSE_ERROR,
                SourceText.location(offending),
                message(parser, offending, expected));
    }

    private static String message(Parser parser, Token offending, IntervalSet expected) {
        TokenStream tokens = parser.getInputStream();
        if (expected != null && expected.contains(Token.EOF)) {
            return "missing EOF at "
                    + quoted(offending)
                    + " near "
                    + quoted(before(tokens, offending));
        }
        if (expected != null && expected.size() == 1) {
            String name = parser.getVocabulary().getDisplayName(expected.getMinElement());
            return "mismatched input %s expecting %s near %s%s"
                    .formatted(
                            quoted(offending),
                            name.startsWith("KW_") ? name.substring(3) : name,
                            quoted(before(tokens, offending)),
                            place(parser, offending));
        }
        return "cannot recognize input near %s%s"
                .formatted(near(tokens, offending), place(parser, offending));
    }

    // Nothing is said of the place of a word that begins no statement.
    private static String place(Parser parser, Token offending) {
        for (RuleContext context = parser.getContext(); context != null; context = context.parent) {
            String place = PLACES.get(context.getRuleIndex());
            if (place != null) {
                return " in " + place;
            }
        }
        boolean first = before(parser.getInputStream(), offending) == offending;
        return first ? "" : " in statement";
    }

    private static Token before(TokenStream tokens, Token token) {
        for (int i = token.getTokenIndex() - 1; i >= 0; i--) {
            if (tokens.get(i).getChannel() == Token.DEFAULT_CHANNEL) {
                return tokens.get(i);
            }
        }
        return token;
    }

    /** The token and the two after it; the end is repeated. */
    private static String near(TokenStream tokens, Token first) {
        StringBuilder near = new StringBuilder(quoted(first));
        int index = first.getTokenIndex();
        for (int count = 1; count < 3; count++) {
            index = nextVisible(tokens, index);
            near.append(' ').append(quoted(tokens.get(index)));
        }
        return near.toString();
    }

    private static int nextVisible(TokenStream tokens, int index) {
        int next = index;
        while (tokens.get(next).getType() != Token.EOF) {
            next++;
            if (tokens.get(next).getChannel() == Token.DEFAULT_CHANNEL) {
                break;
            }
        }
        return next;
    }

    private static String quoted(Token token) {
        return token.getType() == Token.EOF ? "'<EOF>'" : "'" + token.getText() + "'";
    }
}
