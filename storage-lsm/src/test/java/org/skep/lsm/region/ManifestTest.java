package org.skep.lsm.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.LocalFileSystem;

final class ManifestTest {
    @TempDir private Path directory;

    private final Manifest manifest =
            new Manifest(
                    7,
                    Map.of("f", 12L, "g", 13L),
                    List.of(
                            RegionFile.whole("f", "data/t/r/f/1", 12),
                            new RegionFile(
                                    "g",
                                    "data/t/other/g/2",
                                    new byte[] {1},
                                    new byte[] {2},
                                    5,
                                    true)));

    private Path write() {
        manifest.write(LocalFileSystem.INSTANCE, directory.toString());
        return directory.resolve("manifest.7");
    }

    private Manifest read() {
        return Manifest.readNewest(LocalFileSystem.INSTANCE, directory.toString()).orElseThrow();
    }

    @Test
    void givesBackWhatWasWritten() throws IOException {
        Files.write(directory.resolve("manifest.6"), new byte[3]);
        Files.write(directory.resolve("manifest.8.tmp"), new byte[3]);
        write();
        assertThat(read()).isEqualTo(manifest);
        try (var left = Files.list(directory)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactly("manifest.7");
        }
    }

    @Test
    void noticesEveryFlippedBit() throws IOException {
        Path file = write();
        byte[] bytes = Files.readAllBytes(file);
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] wrong = bytes.clone();
            wrong[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, wrong);
            assertThatThrownBy(this::read)
                    .isInstanceOf(SkepException.class)
                    .hasMessageContaining("manifest.7 at offset ")
                    .extracting(e -> ((SkepException) e).code())
                    .isEqualTo(ErrorCode.CORRUPT_FILE);
        }
    }

    @Test
    void noticesATornEnd() throws IOException {
        Path file = write();
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(bytes, length));
            assertThatThrownBy(this::read).hasMessageContaining("manifest.7 at offset ");
        }
    }
}
