package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.error.SourceLocation;
import org.skep.grammar.HiveLexer;
import org.skep.grammar.HiveParser;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.Property;
import org.skep.parser.ast.QualifiedName;
import org.skep.parser.ast.SourceSpan;

/** The statement being read: makes spans, names and texts of its pieces. Confined to one thread. */
final class SourceText {
    private final String text;
    private final CommonTokenStream tokens;

    SourceText(String text, CommonTokenStream tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    SourceSpan span(ParserRuleContext context) {
        return span(context.getStart(), context.getStop());
    }

    SourceSpan span(ParserRuleContext first, ParserRuleContext last) {
        return span(first.getStart(), last.getStop());
    }

    SourceSpan span(Token first, Token last) {
        int end = last == null ? -1 : last.getStopIndex() + 1;
        return new SourceSpan(
                location(first), first.getStartIndex(), Math.max(end, first.getStartIndex()));
    }

    static SourceLocation location(Token token) {
        return new SourceLocation(token.getLine(), token.getCharPositionInLine());
    }

    String textOf(ParserRuleContext context) {
        return span(context).textIn(text);
    }

    /** The insides of the hints that stand right after {@code token}. */
    List<String> hintsAfter(Token token) {
        List<String> hints = new ArrayList<>();
        for (int i = token.getTokenIndex() + 1; i < tokens.size(); i++) {
            Token next = tokens.get(i);
            if (next.getChannel() == Token.DEFAULT_CHANNEL) {
                break;
            }
            if (next.getType() == HiveLexer.HINT) {
                String hint = next.getText();
                hints.add(hint.substring(3, hint.length() - 2).strip());
            }
        }
        return hints;
    }

    Identifier identifier(ParserRuleContext context) {
        Token token = context.getStart();
        SourceSpan span = span(context);
        if (token.getType() == HiveLexer.BACKQUOTED) {
            String quoted = token.getText();
            String name = quoted.substring(1, quoted.length() - 1).replace("``", "`");
            if (name.isEmpty()) {
                throw new SkepException(
                        ErrorCode.PARSE_ERROR, location(token), "Name must not be empty: ``");
            }
            return new Identifier(name, true, span);
        }
        return new Identifier(token.getText(), false, span);
    }

    List<Identifier> identifiers(List<HiveParser.IdentifierContext> contexts) {
        return contexts.stream().map(this::identifier).toList();
    }

    List<Identifier> identifiers(HiveParser.ColumnNamesContext context) {
        return context == null ? List.of() : identifiers(context.identifier());
    }

    QualifiedName qualifiedName(HiveParser.QualifiedNameContext context) {
        return new QualifiedName(identifiers(context.identifier()), span(context));
    }

    /** The value of a literal, its adjacent pieces joined; null for none. */
    String string(HiveParser.StringLiteralContext context) {
        if (context == null) {
            return null;
        }
        if (context.STRING().size() == 1) {
            return StringEscapes.valueOf(context.STRING(0).getText());
        }
        StringBuilder joined = new StringBuilder();
        context.STRING().forEach(piece -> joined.append(StringEscapes.valueOf(piece.getText())));
        return joined.toString();
    }

    List<Property> properties(HiveParser.PropertyListContext context) {
        return context == null
                ? List.of()
                : context.property().stream().map(this::property).toList();
    }

    private Property property(HiveParser.PropertyContext context) {
        String value = context.value == null ? "" : string(context.value);
        return new Property(string(context.key), value, span(context));
    }

    static SkepException notSupported(ParserRuleContext context, String what) {
        return new SkepException(
                ErrorCode.NOT_SUPPORTED,
                location(context.getStart()),
                what + " is not supported yet");
    }

    static SkepException error(ParserRuleContext context, String message) {
        return new SkepException(ErrorCode.PARSE_ERROR, location(context.getStart()), message);
    }
}
