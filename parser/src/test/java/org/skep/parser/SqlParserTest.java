package org.skep.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.error.SourceLocation;
import org.skep.parser.ast.ChainOperator;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.QueryBody;
import org.skep.parser.ast.Statement;

final class SqlParserTest {
    private static final long DEEP_STACK = 32L << 20;

    private final SqlParser parser = new SqlParser();

    /**
     * What {@code sql} is read as, or the code of its failure, on a thread as {@link SqlParser}
     * asks for.
     */
    private Object onDeepStack(String sql) throws InterruptedException {
        AtomicReference<Object> result = new AtomicReference<>();
        Runnable parse =
                () -> {
                    try {
                        result.set(parser.parse(sql));
                    } catch (SkepException e) {
                        result.set(e.code());
                    }
                };
        Thread thread = new Thread(null, parse, "parse", DEEP_STACK);
        thread.start();
        thread.join();
        return result.get();
    }

    private QueryBody body(String sql) {
        return parser.parseQuery(sql).body();
    }

    @Test
    void keepsLongChainsFlat() {
        String sql = "select " + "a or ".repeat(5_000) + "a";
        QueryBody.Select select = (QueryBody.Select) body(sql);
        Expression.Chain chain = (Expression.Chain) select.items().get(0).expression();
        assertThat(chain.operator()).isEqualTo(ChainOperator.OR);
        assertThat(chain.operands()).hasSize(5_001);
    }

    @Test
    void keepsLongUnionsFlat() {
        QueryBody.SetOperation union =
                (QueryBody.SetOperation) body("select 1" + " union all select 1".repeat(5_000));
        assertThat(union.inputs()).hasSize(5_001);
    }

    @Test
    void readsWhatNestsToTheLimit() throws InterruptedException {
        List<String> statements =
                List.of(
                        "select " + "(".repeat(999) + "1" + ")".repeat(999),
                        "select " + "f(".repeat(999) + "1" + ")".repeat(999),
                        "select " + "(select ".repeat(999) + "1" + ")".repeat(999),
                        "select * from " + "(select * from ".repeat(999) + "t" + ") x".repeat(999),
                        "select " + "case when a then ".repeat(999) + "1" + " end".repeat(999),
                        "select " + "not ".repeat(999) + "a",
                        "create table t (a "
                                + "array<".repeat(998)
                                + "int"
                                + ">".repeat(998)
                                + ")");
        for (String statement : statements) {
            assertThat(onDeepStack(statement))
                    .as(statement.substring(0, 30))
                    .isInstanceOf(Statement.class);
        }
    }

    @Test
    void refusesWhatNestsDeeper() throws InterruptedException {
        List<String> statements =
                List.of(
                        "select " + "(".repeat(1_001) + "1" + ")".repeat(1_001),
                        "select " + "(".repeat(100_000),
                        "select " + "a[".repeat(1_001) + "1" + "]".repeat(1_001),
                        "select a" + "[1]".repeat(1_001),
                        "select 1" + " - 1".repeat(1_001),
                        "select 1" + " * 1".repeat(1_001),
                        "select 1" + " = 1".repeat(1_001),
                        "select 1" + " < 1".repeat(1_001),
                        "select 1" + " is null".repeat(1_001),
                        "select 1" + " except select 1".repeat(1_002),
                        "select * from t" + ", t".repeat(1_001),
                        "select " + "- ".repeat(1_001) + "1",
                        "explain ".repeat(1_001) + "select 1",
                        "create table t (a "
                                + "array<".repeat(1_001)
                                + "int"
                                + ">".repeat(1_001)
                                + ")");
        for (String statement : statements) {
            assertThat(onDeepStack(statement))
                    .as(statement.substring(0, 30))
                    .isEqualTo(ErrorCode.NESTING_TOO_DEEP);
        }
    }

    @Test
    void placesErrorsByLineAndColumn() {
        assertThatThrownBy(() -> parser.parse("select a,\n  b c d\nfrom t"))
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.PARSE_ERROR);
                            assertThat(e.location()).contains(new SourceLocation(2, 6));
                        });
    }

    @Test
    void givesEveryExpressionItsText() {
        String sql = "select  a + b * c , f( x ) from t";
        QueryBody.Select select = (QueryBody.Select) body(sql);
        Expression sum = select.items().get(0).expression();
        assertThat(sum.span().textIn(sql)).isEqualTo("a + b * c");
        assertThat(sum.location()).isEqualTo(new SourceLocation(1, 8));
        Expression product = ((Expression.Chain) sum).operands().get(1);
        assertThat(product.span().textIn(sql)).isEqualTo("b * c");
        assertThat(select.items().get(1).expression().span().textIn(sql)).isEqualTo("f( x )");
    }

    @Test
    void countsCharactersOutsideTheBasicPlaneAsTwo() {
        String sql = "select '\uD83D\uDC1D', b from t";
        QueryBody.Select select = (QueryBody.Select) body(sql);
        Expression second = select.items().get(1).expression();
        assertThat(select.items().get(0).expression())
                .isEqualTo(parser.parseExpression("'\uD83D\uDC1D'"));
        assertThat(second.span().textIn(sql)).isEqualTo("b");
    }

    @Test
    void takesExpressionsAsEqualWhereverTheyStand() {
        assertThat(parser.parseExpression("A.b+1"))
                .isEqualTo(parser.parseExpression(" a . `B` + 1"));
        assertThat(parser.parseExpression("a")).isNotEqualTo(parser.parseExpression("b"));
    }

    @Test
    void givesNumbersTheTypeOfTheirSizeOrSuffix() {
        assertThat(kind("1")).isEqualTo(Expression.NumericLiteral.Kind.INT);
        assertThat(kind("2147483647")).isEqualTo(Expression.NumericLiteral.Kind.INT);
        assertThat(kind("2147483648")).isEqualTo(Expression.NumericLiteral.Kind.BIGINT);
        assertThat(kind("9223372036854775807")).isEqualTo(Expression.NumericLiteral.Kind.BIGINT);
        assertThat(kind("9223372036854775808")).isEqualTo(Expression.NumericLiteral.Kind.DECIMAL);
        assertThat(kind("1.5")).isEqualTo(Expression.NumericLiteral.Kind.DECIMAL);
        assertThat(kind("1.")).isEqualTo(Expression.NumericLiteral.Kind.DECIMAL);
        assertThat(kind("1e3")).isEqualTo(Expression.NumericLiteral.Kind.DOUBLE);
        assertThat(kind("1.5d")).isEqualTo(Expression.NumericLiteral.Kind.DOUBLE);
        assertThat(kind("1bd")).isEqualTo(Expression.NumericLiteral.Kind.DECIMAL);
        assertThat(kind("1y")).isEqualTo(Expression.NumericLiteral.Kind.TINYINT);
        assertThat(kind("1s")).isEqualTo(Expression.NumericLiteral.Kind.SMALLINT);
        assertThat(kind("1l")).isEqualTo(Expression.NumericLiteral.Kind.BIGINT);
        assertThat(number("1.50BD").value()).isEqualTo(new BigDecimal("1.50"));
    }

    private Expression.NumericLiteral.Kind kind(String text) {
        return number(text).kind();
    }

    private Expression.NumericLiteral number(String text) {
        return (Expression.NumericLiteral) parser.parseExpression(text);
    }

    @Test
    void readsEscapesAsHiveDoes() {
        assertThat(string("'it''s'")).isEqualTo("its");
        assertThat(string("\"a\\tb\\n\\\\ \\' \\\" \\Z\\0\"")).isEqualTo("a\tb\n\\ ' \" \u001A\0");
        assertThat(string("'\\u0041\\101\\x'")).isEqualTo("AAx");
        assertThat(string("'\\%\\_'")).isEqualTo("\\%\\_");
        assertThat(string("'\\u00'")).isEqualTo("u00");
        assertThat(string("'two\nlines'")).isEqualTo("two\nlines");
    }

    private String string(String literal) {
        return ((Expression.StringLiteral) parser.parseExpression(literal)).value();
    }

    @Test
    void readsKeywordsInAnyLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            Expression.ColumnReference column =
                    (Expression.ColumnReference) parser.parseExpression("TITLE.Id");
            assertThat(column.path().stream().map(Identifier::name)).containsExactly("title", "id");
            assertThat(parser.parse("INSERT INTO t VALUES (1) -- i")).isNotNull();
            assertThat(parser.parse("describe t")).isNotNull();
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void refusesTextsThatAreNoQueryWhereOneIsWanted() {
        assertThatThrownBy(() -> parser.parseQuery("drop table t"))
                .isInstanceOf(SkepException.class)
                .hasMessage("Text must be a query: drop table t");
    }
}
