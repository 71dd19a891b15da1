package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.skep.base.error.SourceLocation;
import org.skep.grammar.HiveLexer;
import org.skep.parser.ast.SourceSpan;
import org.skep.parser.ast.Statement;

/** Knows the statements that HiveQL has and Skep has not, by their first words. */
final class UnsupportedStatements {
    private static final List<List<String>> BEGINNINGS =
            words(
                    "EXPORT TABLE",
                    "IMPORT",
                    "REPL DUMP",
                    "REPL LOAD",
                    "REPL STATUS",
                    "START TRANSACTION",
                    "COMMIT",
                    "ROLLBACK",
                    "SET AUTOCOMMIT",
                    "SET ROLE",
                    "PREPARE",
                    "EXECUTE",
                    "GRANT",
                    "REVOKE",
                    "LOCK TABLE",
                    "LOCK DATABASE",
                    "LOCK SCHEMA",
                    "UNLOCK TABLE",
                    "UNLOCK DATABASE",
                    "UNLOCK SCHEMA",
                    "ABORT TRANSACTIONS",
                    "ABORT COMPACTIONS",
                    "KILL QUERY",
                    "OPTIMIZE TABLE",
                    "ENABLE WORKLOAD",
                    "DISABLE WORKLOAD",
                    "REPLACE RESOURCE",
                    "REPLACE ACTIVE",
                    "SHOW LOCKS",
                    "SHOW COMPACTIONS",
                    "SHOW TRANSACTIONS",
                    "SHOW RESOURCE",
                    "SHOW CONNECTORS",
                    "SHOW DATACONNECTORS",
                    "SHOW CATALOGS",
                    "SHOW GRANT",
                    "SHOW ROLE",
                    "SHOW ROLES",
                    "SHOW CURRENT",
                    "SHOW PRINCIPALS",
                    "SHOW PROCESSLIST",
                    "SHOW INDEX",
                    "SHOW INDEXES",
                    "SHOW FORMATTED",
                    "DESCRIBE CATALOG",
                    "DESC CATALOG",
                    "DESCRIBE CONNECTOR",
                    "DESC CONNECTOR",
                    "DESCRIBE DATACONNECTOR",
                    "DESC DATACONNECTOR");

    // Objects that CREATE, ALTER and DROP may have, and we do not.
    private static final Set<String> OBJECTS =
            Set.of(
                    "CATALOG",
                    "REMOTE",
                    "MATERIALIZED",
                    "ROLE",
                    "RESOURCE",
                    "POOL",
                    "TRIGGER",
                    "USER",
                    "GROUP",
                    "APPLICATION",
                    "SCHEDULED",
                    "CONNECTOR",
                    "DATACONNECTOR",
                    "INDEX");

    // What may follow ALTER TABLE t [PARTITION (..)]; each entry is a whole sequence of words.
    private static final List<List<String>> ALTERATIONS =
            words(
                    "ARCHIVE",
                    "COMPACT",
                    "CONCATENATE",
                    "CONVERT",
                    "CREATE",
                    "DISABLE",
                    "DROP BRANCH",
                    "DROP TAG",
                    "ENABLE",
                    "EXECUTE",
                    "NOT SKEWED",
                    "NOT STORED",
                    "RENAME BRANCH",
                    "REPLACE BRANCH",
                    "REPLACE TAG",
                    "CREATE OR",
                    "SET PARTITION",
                    "SET SKEWED",
                    "SET WRITE",
                    "SKEWED",
                    "UNARCHIVE",
                    "UPDATE");

    private static final Set<String> EXPLAIN_OPTIONS =
            Set.of(
                    "EXTENDED",
                    "FORMATTED",
                    "DEPENDENCY",
                    "LOGICAL",
                    "AUTHORIZATION",
                    "ANALYZE",
                    "REOPTIMIZATION",
                    "LOCKS",
                    "AST",
                    "DEBUG",
                    "DDL",
                    "CBO",
                    "COST",
                    "JOINCOST",
                    "VECTORIZATION",
                    "ONLY",
                    "SUMMARY",
                    "OPERATOR",
                    "EXPRESSION",
                    "DETAIL");

    private UnsupportedStatements() {}

    private static List<List<String>> words(String... beginnings) {
        return List.of(beginnings).stream().map(text -> List.of(text.split(" "))).toList();
    }

    static Optional<Statement> recognize(CommonTokenStream stream) {
        List<Token> tokens = new ArrayList<>();
        for (Token token : stream.getTokens()) {
            if (token.getChannel() == Token.DEFAULT_CHANNEL && token.getType() != Token.EOF) {
                tokens.add(token);
            }
        }
        int from = afterExplain(tokens);
        if (from > 0 && word(tokens, from).equals("REWRITE")) {
            return Optional.of(unsupported("EXPLAIN REWRITE", tokens));
        }
        return kind(tokens, from).map(kind -> unsupported(kind, tokens));
    }

    private static Statement unsupported(String kind, List<Token> tokens) {
        Token first = tokens.get(0);
        Token last = tokens.get(tokens.size() - 1);
        SourceLocation location = SourceText.location(first);
        return new Statement.Unsupported(
                kind, new SourceSpan(location, first.getStartIndex(), last.getStopIndex() + 1));
    }

    private static int afterExplain(List<Token> tokens) {
        int i = 0;
        while (word(tokens, i).equals("EXPLAIN")) {
            i++;
            while (EXPLAIN_OPTIONS.contains(word(tokens, i))
                    && !word(tokens, i + 1).equals("TABLE")) {
                i++;
            }
        }
        return i;
    }

    private static Optional<String> kind(List<Token> tokens, int from) {
        for (List<String> beginning : BEGINNINGS) {
            if (startsWith(tokens, from, beginning)) {
                return Optional.of(String.join(" ", beginning));
            }
        }
        String verb = word(tokens, from);
        String object = word(tokens, from + 1);
        boolean definition = verb.equals("CREATE") || verb.equals("ALTER") || verb.equals("DROP");
        if (definition && OBJECTS.contains(object)) {
            return Optional.of(verb + " " + object);
        }
        if (verb.equals("ALTER") && object.equals("TABLE")) {
            return alteration(tokens, from + 2);
        }
        return likeFile(tokens, from) ? Optional.of("CREATE TABLE LIKE FILE") : Optional.empty();
    }

    private static Optional<String> alteration(List<Token> tokens, int from) {
        int i = from + 1;
        while (i < tokens.size() && tokens.get(i).getType() == HiveLexer.DOT) {
            i += 2;
        }
        if (word(tokens, i).equals("PARTITION") && word(tokens, i + 1).equals("(")) {
            while (i < tokens.size() && tokens.get(i).getType() != HiveLexer.RPAREN) {
                i++;
            }
            i++;
        }
        for (List<String> alteration : ALTERATIONS) {
            if (startsWith(tokens, i, alteration)) {
                return Optional.of("ALTER TABLE " + String.join(" ", alteration));
            }
        }
        return Optional.empty();
    }

    private static boolean likeFile(List<Token> tokens, int from) {
        if (!word(tokens, from).equals("CREATE")) {
            return false;
        }
        for (int i = from; i + 1 < tokens.size() && i < from + 12; i++) {
            if (word(tokens, i).equals("LIKE")) {
                return word(tokens, i + 1).equals("FILE")
                        && i + 3 < tokens.size()
                        && tokens.get(i + 3).getType() == HiveLexer.STRING;
            }
        }
        return false;
    }

    private static boolean startsWith(List<Token> tokens, int from, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (!word(tokens, from + i).equals(words.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static String word(List<Token> tokens, int i) {
        return i < tokens.size() ? tokens.get(i).getText().toUpperCase(Locale.ROOT) : "";
    }
}
