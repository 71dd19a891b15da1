package org.skep.shell.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
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
    void completesTheNameBehindADot() {
        String line = "select t.na";
        assertThat(parser.parse(line, line.length(), ParseContext.COMPLETE).word()).isEqualTo("na");
    }

    @Test
    void completesKeywordsInTheCaseInWhichTheyBegan() {
        assertThat(completionsOf("selec")).containsExactly("select", "selected_column");
        assertThat(completionsOf("SELEC")).containsExactly("SELECT", "selected_column");
        assertThat(completionsOf("")).isEmpty();
    }

    private List<String> completionsOf(String line) {
        List<Candidate> candidates = new ArrayList<>();
        new NameCompleter(new OneName("selected_column"))
                .complete(
                        null, parser.parse(line, line.length(), ParseContext.COMPLETE), candidates);
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

    private record OneName(String name) implements PromptSession {
        @Override
        public List<String> names(String prefix) {
            return name.startsWith(prefix) ? List.of(name) : List.of();
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
