package org.skep.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher and the gathered jars, started as a user starts them, from a directory with a blank.
 */
final class LauncherTest {
    private static final Path ROOT = Path.of(System.getProperty("skep.test.root"));
    private static final Path LIB = Path.of(System.getProperty("skep.test.lib"));
    private static final String ENDLESS =
            "select count(*) from (select explode(split(space(3000), ' ')) a) x,"
                    + " (select explode(split(space(3000), ' ')) b) y,"
                    + " (select explode(split(space(3000), ' ')) c) z where concat(a, b, c) <> 'q'";

    @TempDir private static Path shared;
    @TempDir private Path directory;

    private static Path installation;

    @BeforeAll
    static void install() throws IOException {
        installation = Files.createDirectories(shared.resolve("a skep"));
        Path home = Files.createDirectories(installation.resolve("dist/target/skep"));
        Files.createSymbolicLink(home.resolve("lib"), LIB);
        Path launcher = Files.copy(ROOT.resolve("skep"), installation.resolve("skep"));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Path training = Files.createDirectories(installation.resolve("dist/src/main"));
        Files.copy(ROOT.resolve("dist/src/main/training.sql"), training.resolve("training.sql"));
    }

    @BeforeEach
    void enter() throws IOException {
        directory = Files.createDirectories(directory.resolve("my data"));
    }

    private Run start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(installation.resolve("skep").toString());
        command.addAll(List.of(arguments));
        return Run.start(directory, command);
    }

    @Test
    void answersAndArchivesClasses() throws Exception {
        try (Run run = start("-e", "select 1")) {
            assertThat(run.rest()).isEqualTo("1\n");
            assertThat(run.exitCode()).isZero();
        }
        assertThat(directory.resolve("skep-data/FORMAT")).exists();
        try (var files = Files.list(installation.resolve("dist/target/skep"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.endsWith(".jsa"));
        }
        try (Run run = start("-e", "create table t (a int); insert into t values (1), (2)")) {
            assertThat(run.rest()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(run.errors()).doesNotContain("preparing");
        }
        try (Run run = start("-e", "select count(*) from t")) {
            assertThat(run.rest()).isEqualTo("2\n");
        }
    }

    @Test
    void worksOnRegionStores() throws Exception {
        try (Run run = start("regions", "check", "--data", "none")) {
            assertThat(run.rest()).isEmpty();
            assertThat(run.exitCode()).isOne();
            assertThat(run.errors()).endsWith("skep regions: No region store in: none\n");
        }
        try (Run run = start("regions", "--help")) {
            assertThat(run.rest()).startsWith("Usage: skep regions <what>");
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void runsTheTour() throws Exception {
        Path script = ROOT.resolve("examples/tour.sql");
        String expected = Files.readString(ROOT.resolve("dist/src/test/resources/tour.expected"));
        for (int time = 0; time < 2; time++) {
            try (Run run = start("-f", script.toString())) {
                assertThat(run.rest()).startsWith(expected).contains("STAGE PLANS:");
                assertThat(run.errors()).contains("143 rows written");
                assertThat(run.exitCode()).isZero();
            }
        }
        Path partition = directory.resolve("skep-data/warehouse/tour.db/monthly/month=2024-07");
        try (var files = Files.list(partition)) {
            assertThat(files).isNotEmpty();
        }
    }

    @Test
    void tellsWhereAStatementFailed() throws Exception {
        Path script = directory.resolve("broken.sql");
        Files.writeString(
                script, "create table orders (id int);\n\nselect id\nfrom ordres;\nselect 2;\n");
        try (Run run = start("-f", "broken.sql")) {
            assertThat(run.rest()).isEmpty();
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errors())
                    .contains("line 4:5 Table not found: ordres")
                    .contains("orders?")
                    .contains("\n  from ordres\n       ^\n")
                    .doesNotContain("org.skep");
        }
    }

    @Test
    void refusesAnUnknownOption() throws Exception {
        try (Run run = start("--nosuch")) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.errors()).contains("Unknown option: --nosuch");
        }
        assertThat(directory.resolve("skep-data")).doesNotExist();
    }

    @Test
    void namesTheProcessThatOwnsTheDirectory() throws Exception {
        try (Run owner = start()) {
            owner.type("select 'mine';\n");
            assertThat(owner.line()).isEqualTo("mine");
            try (Run second = start("-e", "select 1")) {
                assertThat(second.rest()).isEmpty();
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.errors()).contains(Long.toString(owner.pid()));
            }
            owner.endInput();
            assertThat(owner.exitCode()).isZero();
        }
        try (Run third = start("-e", "select 1")) {
            assertThat(third.exitCode()).isZero();
        }
    }

    @Test
    void endsWhenItIsInterrupted() throws Exception {
        try (Run run = start("-e", "select 'ready'; " + ENDLESS)) {
            // The first result is handed on before the second statement begins.
            assertThat(run.line()).isEqualTo("ready");
            new ProcessBuilder("kill", "-INT", Long.toString(run.pid())).start().waitFor();
            assertThat(run.exitCode()).isEqualTo(130);
        }
        try (Run next = start("-e", "select 1")) {
            assertThat(next.rest()).isEqualTo("1\n");
            assertThat(next.exitCode()).isZero();
        }
    }

    @Test
    void endsQuietlyWhenTheReaderGoes() throws Exception {
        String pipe =
                "'%s' --quiet -e \"select x.a from (select explode(split(space(3000), ' ')) a) x,"
                        + " (select explode(split(space(3000), ' ')) b) y\" | head -n 1";
        try (Run run =
                Run.start(
                        directory,
                        List.of("bash", "-c", pipe.formatted(installation.resolve("skep"))))) {
            assertThat(run.rest()).isEqualTo("\n");
            assertThat(run.exitCode()).isZero();
            assertThat(run.errors()).doesNotContain("Broken").doesNotContain("Cannot");
        }
    }

    @Test
    void refusesADirectoryThatIsNoWarehouse() throws Exception {
        Files.writeString(directory.resolve("precious.txt"), "mine");
        try (Run run = start("--data", ".", "-e", "select 1")) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errors()).contains("Data directory must be empty or hold a warehouse");
        }
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("precious.txt")
                    .doesNotContain("FORMAT", "LOCK");
        }
    }
}
