package org.skep.parser;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.grammar.HiveLexer;
import org.skep.grammar.HiveParser;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.Query;
import org.skep.parser.ast.Statement;
import org.skep.parser.ast.TypeName;

/**
 * Reads the text of one statement into its syntax tree. Stateless, so safe for use by many threads.
 *
 * <p>Texts that are not HiveQL fail with {@link ErrorCode#PARSE_ERROR} at the place where they go
 * wrong, texts that nest deeper than 1,000 levels with {@link ErrorCode#NESTING_TOO_DEEP}. A
 * statement at that limit needs more than the usual 1 MB of stack: call this on a thread that has
 * 32 MB.
 */
public final class SqlParser {
    /** Reads one statement; semicolons and comments may follow it. */
    public Statement parse(String sql) {
        CommonTokenStream tokens = tokens(sql);
        Optional<Statement> prepared = PreparedStatements.recognize(sql, tokens.getTokens());
        if (prepared.isPresent()) {
            return prepared.get();
        }
        check(tokens);
        Optional<Statement> unsupported = UnsupportedStatements.recognize(tokens);
        if (unsupported.isPresent()) {
            return unsupported.get();
        }
        HiveParser.SingleStatementContext tree = parse(tokens, HiveParser::singleStatement);
        return new StatementBuilder(new SourceText(sql, tokens)).statement(tree.statement());
    }

    /** Reads one expression, as in a stored default or check. */
    public Expression parseExpression(String text) {
        CommonTokenStream tokens = tokenize(text);
        HiveParser.SingleExpressionContext tree = parse(tokens, HiveParser::singleExpression);
        return new QueryBuilder(new SourceText(text, tokens))
                .expressions()
                .expression(tree.expression());
    }

    /** Reads a query, as in a stored view. */
    public Query parseQuery(String text) {
        if (parse(text) instanceof Statement.QueryStatement statement) {
            return statement.query();
        }
        throw new SkepException(ErrorCode.PARSE_ERROR, "Text must be a query: " + text);
    }

    /** Reads a type, as in the columns of the catalogue. */
    public TypeName parseType(String text) {
        CommonTokenStream tokens = tokenize(text);
        HiveParser.SingleTypeContext tree = parse(tokens, HiveParser::singleType);
        return new TypeBuilder(new SourceText(text, tokens)).type(tree.type());
    }

    /** How many parameters, written as question marks, a prepared text has. */
    public int parameters(String text) {
        return (int)
                tokens(text).getTokens().stream().filter(PreparedStatements::isParameter).count();
    }

    /**
     * A prepared text with constants instead of its parameters; there may be more constants.
     *
     * @throws SkepException SEMANTIC_ERROR if there are too few
     */
    public String withConstants(String text, List<String> constants) {
        return PreparedStatements.withConstants(text, tokens(text).getTokens(), constants);
    }

    private static CommonTokenStream tokenize(String text) {
        CommonTokenStream tokens = tokens(text);
        check(tokens);
        return tokens;
    }

    private static void check(CommonTokenStream tokens) {
        SyntaxErrors.checkCharacters(tokens.getTokens());
        NestingLimit.check(tokens.getTokens());
    }

    private static CommonTokenStream tokens(String text) {
        HiveLexer lexer = new HiveLexer(new TextStream(text));
        // Every character is a token, if need be UNRECOGNIZED: the lexer itself never fails.
        lexer.removeErrorListeners();
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        tokens.fill();
        return tokens;
    }

    /**
     * Parses with the quick prediction first; only a text that fails is parsed again with the exact
     * one.
     */
    private static <T extends ParserRuleContext> T parse(
            CommonTokenStream tokens, Function<HiveParser, T> rule) {
        HiveParser parser = new HiveParser(tokens);
        parser.removeErrorListeners();
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.setErrorHandler(new BailErrorStrategy());
        try {
            return rule.apply(parser);
        } catch (ParseCancellationException e) {
            tokens.seek(0);
            parser.reset();
            parser.getInterpreter().setPredictionMode(PredictionMode.LL);
            parser.setErrorHandler(new SyntaxErrors());
            return rule.apply(parser);
        }
    }
}
