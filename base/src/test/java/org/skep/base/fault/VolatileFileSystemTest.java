package org.skep.base.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.VolatileFileSystem.Carelessness;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;
import org.skep.base.time.Clock;

class VolatileFileSystemTest {
    @TempDir Path directory;

    private VolatileFileSystem files;
    private String root;

    @BeforeEach
    void open() throws IOException {
        root = directory.toString();
        Files.createDirectory(directory.resolve("d"));
        Files.createDirectory(directory.resolve("e"));
        files = new VolatileFileSystem(directory, Clock.SYSTEM);
    }

    private void write(String name, String text, boolean sync) {
        try (OutputFile file = files.create(root + name)) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            file.write(bytes, 0, bytes.length);
            if (sync) {
                file.sync();
            }
        }
    }

    private String read(String name) {
        try (InputFile file = files.open(root + name)) {
            byte[] bytes = new byte[(int) file.length()];
            file.readFully(0, bytes, 0, bytes.length);
            return new String(bytes, StandardCharsets.US_ASCII);
        }
    }

    private List<String> disk() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> directory.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void onlyWhatIsSyncedInFileAndDirectoryReachesTheDisk() throws IOException {
        write("/d/both", "whole", true);
        assertThat(disk()).isEmpty();
        files.syncDirectory(root + "/d");
        write("/d/late", "whole", true);
        assertThat(disk()).containsExactly("d/both");
        assertThat(directory.resolve("d/both")).hasContent("whole");
        assertThat(files.list(root + "/d")).hasSize(2);
        assertThat(read("/d/late")).isEqualTo("whole");
    }

    @Test
    void anEntryWithoutItsBytesIsEmptyUntilTheFileIsSynced() throws IOException {
        write("/d/f", "whole", false);
        files.syncDirectory(root + "/d");
        assertThat(directory.resolve("d/f")).isEmptyFile();
        files.syncFile(root + "/d/f");
        assertThat(directory.resolve("d/f")).hasContent("whole");
        assertThat(Files.getLastModifiedTime(directory.resolve("d/f")).toMillis())
                .isEqualTo(files.status(root + "/d/f").orElseThrow().modifiedMillis());
        try (OutputFile file = files.append(root + "/d/f")) {
            file.write(new byte[] {'!'}, 0, 1);
            assertThat(directory.resolve("d/f")).hasContent("whole");
            file.sync();
        }
        assertThat(directory.resolve("d/f")).hasContent("whole!");
    }

    @Test
    void anOldNameStaysUntilTheNewOneIsThere() throws IOException {
        write("/d/f", "whole", true);
        files.syncDirectory(root + "/d");
        files.rename(root + "/d/f", root + "/e/g");
        assertThat(disk()).containsExactly("d/f");
        assertThat(files.status(root + "/d/f")).isEmpty();
        files.syncDirectory(root + "/d");
        assertThat(disk()).containsExactly("e/g");
        assertThat(directory.resolve("e/g")).hasContent("whole");
    }

    @Test
    void aSyncOfTheTargetLeavesTheOldNameToo() throws IOException {
        write("/d/f", "whole", true);
        files.syncDirectory(root + "/d");
        files.rename(root + "/d/f", root + "/e/g");
        files.syncDirectory(root + "/e");
        assertThat(disk()).containsExactly("d/f", "e/g");
        files.syncDirectory(root + "/d");
        assertThat(disk()).containsExactly("e/g");
    }

    @Test
    void deletedFilesComeBackUnlessTheDirectoryIsSynced() throws IOException {
        write("/d/f", "whole", true);
        files.syncDirectory(root + "/d");
        files.deleteTree(root + "/d");
        assertThat(files.status(root + "/d")).isEmpty();
        assertThat(disk()).containsExactly("d/f");
        files.syncDirectory(root);
        assertThat(directory.resolve("d")).doesNotExist();
    }

    @Test
    void newDirectoriesComeWithWhatWasSyncedInThem() throws IOException {
        files.createDirectories(root + "/n/m");
        write("/n/m/f", "whole", true);
        files.syncDirectory(root + "/n/m");
        files.syncDirectory(root);
        assertThat(directory.resolve("n")).isEmptyDirectory();
        files.syncDirectory(root + "/n");
        assertThat(disk()).containsExactly("n/m/f");
        files.rename(root + "/n", root + "/o");
        files.syncDirectory(root);
        assertThat(disk()).containsExactly("o/m/f");
        files.delete(root + "/o/m/f");
        files.syncDirectory(root + "/o/m");
        assertThat(disk()).isEmpty();
    }

    @Test
    void whatWasThereIsSeen() throws IOException {
        Files.writeString(directory.resolve("d/old"), "text");
        assertThat(read("/d/old")).isEqualTo("text");
        files.delete(root + "/d/old");
        write("/d/old", "new", true);
        assertThat(directory.resolve("d/old")).hasContent("text");
        files.syncDirectory(root + "/d");
        assertThat(directory.resolve("d/old")).hasContent("new");
    }

    @Test
    void carelessnessKeepsThingsFromTheDisk() throws IOException {
        files = new VolatileFileSystem(directory, Clock.SYSTEM, Carelessness.SKIPS_FILE_SYNC, "");
        write("/d/f", "whole", true);
        files.syncDirectory(root + "/d");
        assertThat(directory.resolve("d/f")).isEmptyFile();
        files =
                new VolatileFileSystem(
                        directory, Clock.SYSTEM, Carelessness.SKIPS_DIRECTORY_SYNC, "");
        write("/e/f", "whole", true);
        files.syncDirectory(root + "/e");
        assertThat(directory.resolve("e")).isEmptyDirectory();
        files =
                new VolatileFileSystem(
                        directory, Clock.SYSTEM, Carelessness.SYNCS_LATE, root + "/e");
        write("/e/f", "whole", true);
        files.syncDirectory(root + "/e");
        assertThat(directory.resolve("e")).isEmptyDirectory();
        write("/d/next", "", false);
        assertThat(directory.resolve("e/f")).hasContent("whole");
    }

    @Test
    void refusesWhatADiskRefuses() {
        write("/d/f", "whole", false);
        assertThatThrownBy(() -> files.create(root + "/d/f"))
                .hasMessageContaining("Cannot write")
                .extracting(e -> ((SkepException) e).code())
                .isEqualTo(ErrorCode.IO_ERROR);
        assertThatThrownBy(() -> files.delete(root + "/d")).hasMessageContaining("not empty");
        assertThatThrownBy(() -> files.open(root + "/d/none"))
                .extracting(e -> ((SkepException) e).code())
                .isEqualTo(ErrorCode.FILE_NOT_FOUND);
        assertThatThrownBy(() -> files.rename(root + "/d/f", root + "/e"))
                .hasMessageContaining("it exists");
        assertThatThrownBy(() -> files.createDirectories(root + "/d/f/g"))
                .hasMessageContaining("in its way");
        assertThatThrownBy(() -> files.status("/elsewhere"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
