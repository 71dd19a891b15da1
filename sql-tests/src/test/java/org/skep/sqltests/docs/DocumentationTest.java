package org.skep.sqltests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.skep.base.config.ConfigKey;
import org.skep.base.error.SkepException;
import org.skep.engine.Session;
import org.skep.engine.result.RowCursor;
import org.skep.engine.result.StatementResult;
import org.skep.engine.settings.SettingKeys;
import org.skep.parser.ScriptStatement;
import org.skep.parser.StatementSplitter;
import org.skep.sqltests.corpus.CorpusWarehouse;

/** What {@code docs/} says of settings and SQL. */
class DocumentationTest {
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void tablesOfSettingsAreTheDeclarations() throws IOException {
        List<String> expected = new ArrayList<>();
        expected.addAll(rows(key -> key.name().startsWith("skep."), true));
        expected.addAll(rows(key -> !key.name().startsWith("skep.") && hasEffect(key), true));
        expected.addAll(rows(key -> !key.name().startsWith("skep.") && !hasEffect(key), false));
        List<String> documented;
        try (Stream<String> lines = Files.lines(DOCS.resolve("settings.md"))) {
            documented = lines.filter(line -> line.startsWith("| `")).toList();
        }
        assertThat(String.join("\n", documented)).isEqualTo(String.join("\n", expected));
    }

    private static boolean hasEffect(ConfigKey<?> key) {
        return !key.description().contains("has no effect");
    }

    private static List<String> rows(Predicate<ConfigKey<?>> chosen, boolean described) {
        return SettingKeys.all().stream()
                .filter(chosen)
                .map(
                        key ->
                                "| `%s` | `%s` |%s"
                                        .formatted(
                                                key.name(),
                                                key.defaultText(),
                                                described ? " " + key.description() + " |" : ""))
                .toList();
    }

    /** Lines {@code -- > ...} behind a statement are its rows, values parted by commas. */
    @Test
    void examplesRunAndGiveWhatIsShown() throws IOException {
        List<String> examples = examples(Files.readAllLines(DOCS.resolve("sql.md")));
        assertThat(examples).isNotEmpty();
        try (CorpusWarehouse warehouse = CorpusWarehouse.open("docs", Map.of())) {
            Session session = warehouse.session();
            List<String> differences = new ArrayList<>();
            for (String example : examples) {
                check(session, example, differences);
            }
            assertThat(String.join("\n\n", differences)).isEmpty();
        }
    }

    // The parts of fenced blocks, between blank lines.
    private static List<String> examples(List<String> lines) {
        List<String> examples = new ArrayList<>();
        StringBuilder example = new StringBuilder();
        boolean inside = false;
        for (String line : lines) {
            boolean fence = line.startsWith("```");
            if (inside && !fence && !line.isEmpty()) {
                example.append(line).append('\n');
            } else if (example.length() > 0) {
                examples.add(example.toString());
                example.setLength(0);
            }
            if (fence) {
                inside = line.equals("```sql");
            }
        }
        return examples;
    }

    private static void check(Session session, String example, List<String> differences) {
        List<String> expected =
                example.lines()
                        .filter(line -> line.startsWith("-- > "))
                        .map(line -> line.substring(5))
                        .toList();
        List<String> got = new ArrayList<>();
        try {
            for (ScriptStatement statement : StatementSplitter.split(example)) {
                got.addAll(answer(session, statement.text()));
            }
        } catch (SkepException e) {
            got.add(e.getMessage());
        }
        if (!got.equals(expected)) {
            differences.add("%s\ngot:\n%s".formatted(example, String.join("\n", got)));
        }
    }

    private static List<String> answer(Session session, String sql) {
        List<String> rows = new ArrayList<>();
        try (StatementResult result = session.execute(sql)) {
            int columns = result.columns().size();
            for (RowCursor row = result.rows(); row.next(); ) {
                List<String> values = new ArrayList<>();
                for (int i = 0; i < columns; i++) {
                    values.add(row.isNull(i) ? "NULL" : row.text(i));
                }
                rows.add(String.join(", ", values));
            }
        }
        return rows;
    }
}
