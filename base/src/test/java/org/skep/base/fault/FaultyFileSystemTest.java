package org.skep.base.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.FaultyFileSystem.Carelessness;
import org.skep.base.fault.FaultyFileSystem.PowerCut;
import org.skep.base.fault.FaultyFileSystem.Survival;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;

class FaultyFileSystemTest {
    private final FaultyFileSystem files = new FaultyFileSystem("/d", "/e");
    private final Random random = new Random(1);

    private void write(String path, String text, boolean sync) {
        try (OutputFile file = files.create(path)) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            file.write(bytes, 0, bytes.length);
            if (sync) {
                file.sync();
            }
        }
    }

    private String read(String path) {
        try (InputFile file = files.open(path)) {
            byte[] bytes = new byte[(int) file.length()];
            file.readFully(0, bytes, 0, bytes.length);
            return new String(bytes, StandardCharsets.US_ASCII);
        }
    }

    @Test
    void whatIsSyncedInFileAndDirectorySurvives() {
        write("/d/both", "whole", true);
        files.syncDirectory("/d");
        write("/d/file-only", "whole", true);
        write("/d/late", "whole", false);
        files.restart(Survival.NONE, random);
        assertThat(files.list("/d")).extracting("path").containsExactly("/d/both");
        assertThat(read("/d/both")).isEqualTo("whole");
    }

    @Test
    void anEntryWithoutItsBytesIsEmptyOrShort() {
        write("/d/f", "whole", false);
        files.syncDirectory("/d");
        files.restart(Survival.NONE, random);
        assertThat(read("/d/f")).isEmpty();
    }

    @Test
    void aRenamedFileIsNeverLost() {
        for (int seed = 0; seed < 50; seed++) {
            FaultyFileSystem fresh = new FaultyFileSystem("/d", "/e");
            fresh.create("/d/f").close();
            fresh.syncDirectory("/d");
            fresh.rename("/d/f", "/e/f");
            if (seed % 2 == 0) {
                fresh.syncDirectory("/d");
            }
            fresh.restart(Survival.SOME, new Random(seed));
            assertThat(fresh.status("/d/f").isPresent() || fresh.status("/e/f").isPresent())
                    .isTrue();
        }
    }

    @Test
    void aRenamedFileHasBothNamesIfOnlyTheNewIsSynced() {
        write("/d/f", "whole", true);
        files.syncDirectory("/d");
        files.rename("/d/f", "/e/f");
        files.syncDirectory("/e");
        files.restart(Survival.NONE, random);
        assertThat(read("/d/f")).isEqualTo("whole");
        assertThat(read("/e/f")).isEqualTo("whole");
    }

    @Test
    void aDeletedFileIsBackUnlessTheDirectoryIsSynced() {
        write("/d/f", "whole", true);
        files.syncDirectory("/d");
        files.delete("/d/f");
        files.restart(Survival.NONE, random);
        assertThat(read("/d/f")).isEqualTo("whole");
        files.delete("/d/f");
        files.syncDirectory("/d");
        files.restart(Survival.NONE, random);
        assertThat(files.status("/d/f")).isEmpty();
    }

    @Test
    void theEndOfTheProcessAloneLosesNothing() {
        files.createDirectories("/d/x/y");
        write("/d/x/y/f", "whole", false);
        files.restart(Survival.ALL, random);
        assertThat(read("/d/x/y/f")).isEqualTo("whole");
    }

    @Test
    void aSyncThatFailsLosesTheBytesForGood() {
        files.syncDirectory("/d");
        write("/d/f", "whole", false);
        files.syncDirectory("/d");
        files.failAt(1, ErrorCode.IO_ERROR);
        assertThatThrownBy(() -> files.syncFile("/d/f")).isInstanceOf(SkepException.class);
        files.syncFile("/d/f");
        files.restart(Survival.NONE, random);
        assertThat(read("/d/f")).isEqualTo("\0\0\0\0\0");
    }

    @Test
    void carelessnessLosesWhatWasSaidToBeSafe() {
        files.become(Carelessness.SKIPS_DIRECTORY_SYNC);
        write("/d/f", "whole", true);
        files.syncDirectory("/d");
        files.restart(Survival.NONE, random);
        assertThat(files.status("/d/f")).isEmpty();
    }

    @Test
    void delayedSyncsHappenBeforeTheNextFileChanges() {
        files.delaySyncsBelow("/d");
        write("/d/f", "whole", true);
        files.syncDirectory("/d");
        assertThat(files.durableFiles()).isEmpty();
        files.createDirectories("/e/x");
        assertThat(files.durableFiles()).isEmpty();
        files.delete("/e/x");
        assertThat(files.durableFiles()).containsExactly("/d/f");
    }

    @Test
    void nothingWorksWithoutPower() {
        files.cutPowerAt(2);
        files.createDirectories("/d/x");
        assertThatThrownBy(() -> files.createDirectories("/d/y")).isInstanceOf(PowerCut.class);
        assertThatThrownBy(() -> files.status("/d")).isInstanceOf(PowerCut.class);
        files.restart(Survival.NONE, random);
        assertThat(files.list("/d")).isEmpty();
    }

    @Test
    void aFullDiskTakesTheBeginning() {
        files.limitBytes(3);
        assertThatThrownBy(() -> write("/d/f", "whole", false))
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL));
        assertThat(read("/d/f")).isEqualTo("who");
    }
}
