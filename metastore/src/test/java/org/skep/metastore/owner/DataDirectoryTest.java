package org.skep.metastore.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.time.Clock;

class DataDirectoryTest {
    @TempDir Path temporary;
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        Crash.install(null);
        for (Process process : processes) {
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private BufferedReader start(Path directory, String... more) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-Xmx64m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                OwnerProcess.class.getName(),
                                directory.toString()));
        command.addAll(List.of(more));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        processes.add(process);
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static DataDirectory open(Path directory) {
        return DataDirectory.open(directory, Clock.SYSTEM);
    }

    private static SkepException refused(Path directory) {
        return catchThrowableOfType(SkepException.class, () -> open(directory).close());
    }

    @Test
    void makesADirectoryForItsOwnerAlone() throws IOException {
        Path directory = temporary.resolve("a/b");
        try (DataDirectory opened = open(directory)) {
            assertThat(Files.readString(directory.resolve("FORMAT")))
                    .isEqualTo("skep-warehouse 1\n");
            assertThat(opened.path()).isEqualTo(directory.toRealPath());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
            for (String file : List.of("FORMAT", "LOCK")) {
                assertThat(
                                PosixFilePermissions.toString(
                                        Files.getPosixFilePermissions(directory.resolve(file))))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(Files.size(directory.resolve("LOCK"))).isZero();
        open(directory).close();
    }

    @Test
    void aSecondOpeningInThisProcessIsRefusedAndTheLockStays() throws IOException {
        try (DataDirectory first = open(temporary)) {
            SkepException failure = refused(temporary);
            assertThat(failure.code()).isEqualTo(ErrorCode.DATA_DIRECTORY_IN_USE);
            assertThat(failure)
                    .hasMessageContaining("process " + ProcessHandle.current().pid() + " since");
            assertThat(DataDirectory.holderOf(temporary)).contains(first.holder());
            assertThat(start(temporary).readLine()).startsWith("DATA_DIRECTORY_IN_USE");
        }
        assertThat(DataDirectory.holderOf(temporary)).isEmpty();
    }

    @Test
    void anotherProcessIsNamed() throws IOException {
        BufferedReader out = start(temporary, "jdbc:skep://127.0.0.1:10000");
        assertThat(out.readLine()).isEqualTo("open " + processes.get(0).pid());
        Instant before = Instant.now();
        SkepException failure = refused(temporary);
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(1));
        assertThat(failure.code()).isEqualTo(ErrorCode.DATA_DIRECTORY_IN_USE);
        assertThat(failure)
                .hasMessageMatching(
                        "Data directory is in use by process "
                                + processes.get(0).pid()
                                + " since 2\\S+Z, which serves jdbc:skep://127.0.0.1:10000: .*");
        Optional<Holder> holder = DataDirectory.holderOf(temporary);
        assertThat(holder.flatMap(Holder::url)).contains("jdbc:skep://127.0.0.1:10000");
    }

    @Test
    void aKilledOwnerLeavesNothingInTheWay() throws IOException, InterruptedException {
        BufferedReader out = start(temporary);
        assertThat(out.readLine()).startsWith("open");
        processes.get(0).destroyForcibly();
        assertThat(processes.get(0).waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.size(temporary.resolve("LOCK"))).isPositive();
        assertThat(DataDirectory.holderOf(temporary)).isEmpty();
        try (DataDirectory opened = open(temporary)) {
            assertThat(Files.readString(temporary.resolve("LOCK")))
                    .startsWith("pid=" + opened.holder().pid() + "\n");
        }
    }

    @Test
    void aNewerFormatIsRefused() throws IOException {
        Files.writeString(temporary.resolve("FORMAT"), "skep-warehouse 2\n");
        SkepException failure = refused(temporary);
        assertThat(failure.code()).isEqualTo(ErrorCode.FORMAT_TOO_NEW);
        assertThat(failure)
                .hasMessageStartingWith(
                        "Data directory was written by a newer Skep: it has format 2, this Skep"
                                + " reads up to 1: ");
        assertThat(temporary.resolve("LOCK")).doesNotExist();
    }

    @Test
    void aBrokenFormatIsNamed() throws IOException {
        Files.writeString(temporary.resolve("FORMAT"), "skep");
        SkepException failure = refused(temporary);
        assertThat(failure.code()).isEqualTo(ErrorCode.CORRUPT_FILE);
        assertThat(failure).hasMessageContaining("FORMAT must hold");
    }

    @Test
    void aDirectoryWithOtherThingsIsLeftAlone() throws IOException {
        Files.writeString(temporary.resolve("thesis.tex"), "x");
        assertThat(refused(temporary).code()).isEqualTo(ErrorCode.INVALID_PATH);
        assertThat(temporary.resolve("LOCK")).doesNotExist();
        Path file = temporary.resolve("thesis.tex");
        assertThat(refused(file).code()).isEqualTo(ErrorCode.IO_ERROR);
    }

    @Test
    void aCreationThatWasCutShortIsFinished() {
        for (String point : List.of("directory.before-format", "directory.after-format")) {
            Crash.install(
                    reached -> {
                        if (reached.equals(point)) {
                            throw new IllegalStateException("crash");
                        }
                    });
            Path directory = temporary.resolve(point);
            assertThatThrownBy(() -> open(directory)).hasMessage("crash");
            Crash.install(null);
            open(directory).close();
            assertThat(directory.resolve("FORMAT")).exists();
        }
    }
}
