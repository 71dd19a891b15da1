package org.skep.shell.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;
import org.skep.parser.ScriptStatement;

/** When a text is complete, what a word is, and what completes it. */
final class LineParserTest {
    private final LineParser parser = new LineParser();

    private void accept(String text) {
        parser.parse(text, text.length(), ParseContext.ACCEPT_LINE);
    }

    @Test
    void acceptsStatementsWithTheirSemicolonsAndCommands() {
        for (String text :
                List.of("select 1;", "a; b ;", " ", "quit", "!help", "source x.sql", "-- only\n")) {
            accept(text);
        }
    }

    @Test
    void asksForMoreOfWhatHasNotEnded() {
        for (String text :
                List.of("select 1", "select 1; select", "select 'a;", "select `a;", "/* ;")) {
            assertThatThrownBy(() -> accept(text)).as(text).isInstanceOf(EOFError.class);
        }
    }

    @Test
    void showsWhatIsOpenBeforeTheNextLine() {
        assertThat(openAfter("select 'a\n")).isEqualTo("'");
        assertThat(openAfter("select /* a\n")).isEqualTo("*");
        assertThat(openAfter("select a\n")).isEmpty();
    }

    private String openAfter(String text) {
        try {
            parser.parse(text, text.length(), ParseContext.SECONDARY_PROMPT);
            throw new AssertionError(text);
        } catch (EOFError e) {
            return e.getMissing();
        }
    }

    @Test
    void completesTheNameBehindADot() {
        String line = "select t.na";
        assertThat(parser.parse(line, line.length(), ParseContext.COMPLETE).word()).isEqualTo("na");
    }

    @Test
    void completesKeywordsInTheCaseInWhichTheyBegan() {
        assertThat(completionsOf("selec")).containsExactly("select");
        assertThat(completionsOf("SELEC")).containsExactly("SELECT");
        assertThat(completionsOf("")).isEmpty();
    }

    @Test
    void completesTablesWhereTheStatementWantsThem() {
        assertThat(completionsOf("select * from ord")).containsExactly("order_book", "orders");
        assertThat(completionsOf("insert into o")).containsExactly("order_book", "orders");
        assertThat(completionsOf("select * from order_book.e"))
                .containsExactly("entries", "errors");
        assertThat(completionsOf("use or")).containsExactly("order_book");
        assertThat(completionsOf("select * from valu")).containsExactly("values");
    }

    @Test
    void completesColumnsOfTheTablesThatAreNamed() {
        assertThat(completionsOf("select a from orders where cu"))
                .containsExactly(
                        "customer",
                        "cube",
                        "current",
                        "current_date",
                        "current_timestamp",
                        "cursor");
        assertThat(completionsOf("select o.cu from orders o", 11)).containsExactly("customer");
        assertThat(completionsOf("select nosuch.cu from t", 16)).isEmpty();
    }

    private List<String> completionsOf(String line) {
        return completionsOf(line, line.length());
    }

    private List<String> completionsOf(String line, int cursor) {
        List<Candidate> candidates = new ArrayList<>();
        new NameCompleter(new OneTable())
                .complete(null, parser.parse(line, cursor, ParseContext.COMPLETE), candidates);
        return candidates.stream().map(Candidate::value).toList();
    }

    @Test
    void knowsItsCommands() {
        assertThat(PromptCommand.of("EXIT;").orElseThrow().kind())
                .isEqualTo(PromptCommand.Kind.QUIT);
        assertThat(PromptCommand.of("source a b.sql;"))
                .contains(new PromptCommand(PromptCommand.Kind.SOURCE, "a b.sql"));
        assertThat(PromptCommand.of("!nosuch x").orElseThrow().kind())
                .isEqualTo(PromptCommand.Kind.UNKNOWN);
        assertThat(PromptCommand.of("select 1")).isEmpty();
        assertThat(PromptCommand.of("exit stage left")).isEmpty();
    }

    /** A table {@code orders} with a column, and a database of two tables. Immutable. */
    private static final class OneTable implements PromptSession {
        private static List<String> matching(String prefix, String... names) {
            return Stream.of(names).filter(name -> name.startsWith(prefix)).toList();
        }

        @Override
        public List<String> databases(String prefix) {
            return matching(prefix, "order_book");
        }

        @Override
        public List<String> tables(String database, String prefix) {
            return switch (database) {
                case "" -> matching(prefix, "orders");
                case "order_book" -> matching(prefix, "entries", "errors");
                default -> List.of();
            };
        }

        @Override
        public List<String> columns(Set<String> words, String prefix) {
            return words.contains("orders") ? matching(prefix, "customer") : List.of();
        }

        @Override
        public void run(List<ScriptStatement> statements) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void runFile(String path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void cancel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String prompt() {
            return "";
        }

        @Override
        public void tell(String text) {
            throw new UnsupportedOperationException();
        }
    }
}
