package org.skep.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skep.parser.StatementSplitter.Continuation;

final class StatementSplitterTest {
    private static List<String> texts(String script) {
        return StatementSplitter.split(script).stream().map(ScriptStatement::text).toList();
    }

    @Test
    void cutsAtSemicolons() {
        assertThat(texts("select 1; select 2 ;;\n ;select 3"))
                .containsExactly("select 1", "select 2", "select 3");
        assertThat(texts("")).isEmpty();
        assertThat(texts(" ; \n ; ")).isEmpty();
    }

    @Test
    void leavesSemicolonsInQuotesAndComments() {
        assertThat(texts("select 'a;b', \"c;'d\", `e;f`; select 2"))
                .containsExactly("select 'a;b', \"c;'d\", `e;f`", "select 2");
        assertThat(texts("select 1 -- a; b\n, 2; select /* ; */ 3"))
                .containsExactly("select 1 -- a; b\n, 2", "select /* ; */ 3");
        assertThat(texts("select 'it\\';s'; select 2"))
                .containsExactly("select 'it\\';s'", "select 2");
        assertThat(texts("select 'a\\\\'; select 2")).containsExactly("select 'a\\\\'", "select 2");
        assertThat(texts("select `a\\`; select 2")).containsExactly("select `a\\`", "select 2");
    }

    @Test
    void takesQuotesInCommentsAsText() {
        assertThat(texts("select 1 -- it's\n; select 2")).containsExactly("select 1", "select 2");
        assertThat(texts("/* \" */ select 1; select 2")).containsExactly("select 1", "select 2");
    }

    @Test
    void leavesEscapedSemicolonsWithoutTheirBackslash() {
        assertThat(texts("dfs -rm a\\;b; select 2")).containsExactly("dfs -rm a;b", "select 2");
        assertThat(texts("select '\\;'")).containsExactly("select '\\;'");
    }

    @Test
    void dropsCommentsAroundStatements() {
        assertThat(texts("-- one\n/* two */ select 1 /* three */ -- four\n; -- five\n"))
                .containsExactly("select 1");
        assertThat(texts("-- only a comment")).isEmpty();
    }

    @Test
    void tellsTheLineOfEachStatement() {
        assertThat(
                        StatementSplitter.split(
                                "select 1;\n\n-- c\nselect\n2; select '\n';\n/*\n*/select 4"))
                .containsExactly(
                        new ScriptStatement("select 1", 1),
                        new ScriptStatement("select\n2", 4),
                        new ScriptStatement("select '\n'", 5),
                        new ScriptStatement("select 4", 8));
    }

    @Test
    void keepsSignsThatOnlyLookLikeComments() {
        assertThat(texts("select 1 - 2 / 3 - -4; a//b/*c*/; -"))
                .containsExactly("select 1 - 2 / 3 - -4", "a//b", "-");
    }

    @Test
    void tellsWhatIsUnfinished() {
        assertThat(after("")).isEqualTo(Continuation.NONE);
        assertThat(after("select 1;\n")).isEqualTo(Continuation.NONE);
        assertThat(after("-- a comment\n")).isEqualTo(Continuation.NONE);
        assertThat(after("select 1\n")).isEqualTo(Continuation.STATEMENT);
        assertThat(after("select 'a\n")).isEqualTo(Continuation.SINGLE_QUOTE);
        assertThat(after("select \"a\n")).isEqualTo(Continuation.DOUBLE_QUOTE);
        assertThat(after("select `a\n")).isEqualTo(Continuation.BACKQUOTE);
        assertThat(after("select 1 /* a\n")).isEqualTo(Continuation.COMMENT);
        assertThat(after("select 1 -")).isEqualTo(Continuation.STATEMENT);
    }

    private static Continuation after(String text) {
        StatementSplitter splitter = new StatementSplitter();
        splitter.append(text);
        return splitter.continuation();
    }

    @Test
    void forgetsTheStatementThatIsGivenUp() {
        StatementSplitter splitter = new StatementSplitter();
        splitter.append("select 'oops");
        splitter.reset();
        assertThat(splitter.continuation()).isEqualTo(Continuation.NONE);
        assertThat(splitter.append("select 1;"))
                .containsExactly(new ScriptStatement("select 1", 1));
    }

    @Test
    void cutsTheSameWhateverThePieces() {
        long seed = System.nanoTime();
        System.out.println("StatementSplitterTest seed " + seed);
        Random random = new Random(seed);
        String alphabet = "ab ;;'\"`\\-/*\n";
        for (int run = 0; run < 500; run++) {
            StringBuilder script = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                script.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(inPieces(script.toString(), random))
                    .isEqualTo(StatementSplitter.split(script.toString()));
        }
    }

    private static List<ScriptStatement> inPieces(String script, Random random) {
        StatementSplitter splitter = new StatementSplitter();
        List<ScriptStatement> statements = new ArrayList<>();
        int from = 0;
        while (from < script.length()) {
            int to = Math.min(script.length(), from + 1 + random.nextInt(4));
            statements.addAll(splitter.append(script.substring(from, to)));
            from = to;
        }
        splitter.finish().ifPresent(statements::add);
        return statements;
    }
}
