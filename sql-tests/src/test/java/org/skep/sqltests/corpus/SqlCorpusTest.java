package org.skep.sqltests.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every corpus file in every chosen mode. {@code -Dskep.sql.files=joins,views} chooses files,
 * {@code -Dskep.sql.modes} modes.
 */
final class SqlCorpusTest {
    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();

    @AfterEach
    void leaveMode() {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }

    @TestFactory
    Stream<DynamicNode> corpus() {
        List<SqlFile> files = files();
        assertThat(files).isNotEmpty();
        return modes().stream().map(mode -> inMode(mode, files));
    }

    private static DynamicNode inMode(CorpusMode mode, List<SqlFile> files) {
        String name = mode.name().toLowerCase(Locale.ROOT);
        CorpusWarehouse[] opened = new CorpusWarehouse[1];
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(
                dynamicTest(
                        "opens",
                        () -> {
                            mode.enter();
                            opened[0] =
                                    mode == CorpusMode.JDBC
                                            ? CorpusWarehouse.overJdbc(name, mode.settings())
                                            : CorpusWarehouse.open(name, mode.settings());
                        }));
        for (SqlFile file : files) {
            tests.add(dynamicTest(file.name(), () -> runFile(opened[0], file)));
        }
        tests.add(dynamicTest("closes", () -> opened[0].close()));
        return dynamicContainer(name, tests);
    }

    private static void runFile(CorpusWarehouse warehouse, SqlFile file) {
        List<String> differences = new ArrayList<>();
        try (SqlFileRun run = new SqlFileRun(warehouse, file)) {
            for (SqlCase sqlCase : file.cases()) {
                run.check(sqlCase).ifPresent(differences::add);
            }
        }
        assertThat(String.join("\n\n", differences)).isEmpty();
    }

    private static List<SqlFile> files() {
        List<String> chosen = words("skep.sql.files");
        try {
            Path root =
                    Path.of(
                            Objects.requireNonNull(SqlCorpusTest.class.getResource("/sql"))
                                    .toURI());
            try (Stream<Path> paths = Files.walk(root)) {
                return paths.filter(path -> path.toString().endsWith(".test"))
                        .sorted()
                        .map(SqlFile::read)
                        .filter(file -> chosen.isEmpty() || chosen.contains(file.name()))
                        .toList();
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<CorpusMode> modes() {
        List<String> chosen = words("skep.sql.modes");
        return chosen.isEmpty()
                ? List.of(CorpusMode.EMBEDDED, CorpusMode.COMBINED, CorpusMode.JDBC)
                : chosen.stream()
                        .map(word -> CorpusMode.valueOf(word.toUpperCase(Locale.ROOT)))
                        .toList();
    }

    private static List<String> words(String property) {
        String value = System.getProperty(property, "");
        return value.isEmpty() ? List.of() : Arrays.asList(value.split(","));
    }
}
