package org.skep.base.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.SkepException;

class LocalFileSystemTest {
    @TempDir Path directory;

    @Test
    void ownFilesMayBeMovedAlsoFromAStickyDirectory() throws IOException {
        Path file = Files.createFile(directory.resolve("own"));
        assertThatCode(() -> LocalFileSystem.INSTANCE.requireMovable(file.toString()))
                .doesNotThrowAnyException();
        Files.setAttribute(directory, "unix:mode", 0x3C0);
        assertThatCode(() -> LocalFileSystem.INSTANCE.requireMovable("file:" + file))
                .doesNotThrowAnyException();
    }

    @Test
    void nothingMayBeMovedOutOfADirectoryThatMayNotBeWritten() throws IOException {
        Path closed = Files.createDirectory(directory.resolve("closed"));
        Path file = Files.createFile(closed.resolve("file"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-x------"));
        Assumptions.assumeFalse(Files.isWritable(closed), "root, whom no permission binds");
        assertThatThrownBy(() -> LocalFileSystem.INSTANCE.requireMovable(file.toString()))
                .isInstanceOf(SkepException.class)
                .hasMessage("Cannot move %s: permission denied".formatted(file));
    }

    @Test
    void tellsDisksApart() throws IOException {
        Path below = Files.createDirectory(directory.resolve("below"));
        Path file = Files.createFile(directory.resolve("file"));
        assertThat(LocalFileSystem.INSTANCE.onSameVolume(file.toString(), below.toString()))
                .isTrue();
        Path elsewhere = Path.of("/proc/self/status");
        Assumptions.assumeTrue(Files.exists(elsewhere), "needs a second file system");
        assertThat(LocalFileSystem.INSTANCE.onSameVolume(elsewhere.toString(), below.toString()))
                .isFalse();
        assertThatThrownBy(
                        () ->
                                LocalFileSystem.INSTANCE.onSameVolume(
                                        directory.resolve("gone").toString(), below.toString()))
                .isInstanceOf(SkepException.class)
                .hasMessageStartingWith("File not found");
    }

    @Test
    void listsAFileOrTheOneThatTookItsPlace() throws Exception {
        Files.createFile(directory.resolve("0"));
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread replacing =
                new Thread(
                        () -> {
                            for (int i = 0; !over.get(); i++) {
                                String next = directory.resolve("" + (i + 1)).toString();
                                LocalFileSystem.INSTANCE.create(next + ".new").close();
                                LocalFileSystem.INSTANCE.rename(next + ".new", next);
                                LocalFileSystem.INSTANCE.delete(
                                        directory.resolve("" + i).toString());
                            }
                        });
        replacing.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
        replacing.start();
        try {
            for (int i = 0; i < 20_000; i++) {
                assertThat(LocalFileSystem.INSTANCE.list(directory.toString()))
                        .extracting(FileStatus::name)
                        .anyMatch(name -> !name.endsWith(".new"));
            }
        } finally {
            over.set(true);
            replacing.join();
        }
        assertThat(failure.get()).isNull();
    }

    @Test
    void listsNoLinkThatLeadsNowhere() throws IOException {
        Files.createFile(directory.resolve("file"));
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("nothing"));
        assertThat(LocalFileSystem.INSTANCE.list(directory.toString()))
                .extracting(FileStatus::name)
                .containsExactly("file");
    }

    @Test
    void readsAndWritesOnWhenAThreadIsInterrupted() {
        String path = directory.resolve("interrupted").toString();
        byte[] bytes = "abcdefgh".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (OutputFile output = LocalFileSystem.INSTANCE.create(path)) {
            output.write(bytes, 0, 3);
            Thread.currentThread().interrupt();
            output.write(bytes, 3, 5);
            output.sync();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(output.position()).isEqualTo(8);
        }
        try (InputFile input = LocalFileSystem.INSTANCE.open(path)) {
            byte[] found = new byte[8];
            Thread.currentThread().interrupt();
            input.readFully(0, found, 0, 8);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(found).isEqualTo(bytes);
            input.readFully(0, found, 0, 8);
        }
    }
}
