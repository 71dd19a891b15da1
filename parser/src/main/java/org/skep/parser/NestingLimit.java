package org.skep.parser;

import java.util.List;
import org.antlr.v4.runtime.Token;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.error.SourceLocation;
import org.skep.grammar.HiveLexer;

/**
 * Refuses statements that nest too deep, by their tokens alone, so that neither the parser nor
 * anyone who walks the tree runs out of stack.
 */
final class NestingLimit {
    /** How deep a statement may nest. */
    static final int LIMIT = 1_000;

    private NestingLimit() {}

    static SkepException exceeded(SourceLocation location) {
        return new SkepException(
                ErrorCode.NESTING_TOO_DEEP,
                location,
                "Statement must not nest deeper than " + LIMIT + " levels");
    }

    static void check(List<Token> tokens) {
        int depth = 0;
        // Signs and NOTs before an operand, and EXPLAINs before a statement, nest without
        // parentheses.
        int prefixes = 0;
        int types = 0;
        int previous = Token.EOF;
        for (Token token : tokens) {
            if (token.getChannel() != Token.DEFAULT_CHANNEL) {
                continue;
            }
            int type = token.getType();
            prefixes = isPrefix(type) ? prefixes + 1 : 0;
            if (opens(type)) {
                depth++;
            } else if (closes(type)) {
                depth = Math.max(0, depth - 1);
            } else if (type == HiveLexer.LT && isNestedType(previous)) {
                types++;
            } else if (type == HiveLexer.GT && types > 0) {
                types--;
            }
            if (depth + prefixes + types > LIMIT) {
                throw exceeded(SourceText.location(token));
            }
            previous = type;
        }
    }

    private static boolean opens(int type) {
        return type == HiveLexer.LPAREN || type == HiveLexer.LBRACKET || type == HiveLexer.KW_CASE;
    }

    private static boolean closes(int type) {
        return type == HiveLexer.RPAREN || type == HiveLexer.RBRACKET || type == HiveLexer.KW_END;
    }

    private static boolean isPrefix(int type) {
        return switch (type) {
            case HiveLexer.KW_NOT,
                    HiveLexer.BANG,
                    HiveLexer.DASH,
                    HiveLexer.PLUS,
                    HiveLexer.TILDE,
                    HiveLexer.KW_EXPLAIN ->
                    true;
            default -> false;
        };
    }

    private static boolean isNestedType(int type) {
        return switch (type) {
            case HiveLexer.KW_ARRAY,
                    HiveLexer.KW_MAP,
                    HiveLexer.KW_STRUCT,
                    HiveLexer.KW_UNIONTYPE ->
                    true;
            default -> false;
        };
    }
}
