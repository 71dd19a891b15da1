package org.skep.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging goes to the data directory and nowhere else. */
final class LogFileTest {
    @TempDir private Path data;

    @AfterEach
    void closeHandlers() {
        LogManager.getLogManager().reset();
    }

    @Test
    void makesNoFileUntilSomethingIsLogged() {
        LogFile.install(data);
        Logger.getLogger("org.library").info("chatter of a library");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void writesWarningsOfLibrariesAndOurNews() throws IOException {
        LogFile.install(data);
        Logger.getLogger("org.library").warning("disk is slow");
        Logger.getLogger("org.skep.engine").log(Level.INFO, "opened {0}", "x");
        Logger.getLogger("org.skep.engine").log(Level.SEVERE, "broke", new IOException("why"));
        String log = Files.readString(data.resolve("logs").resolve("skep.log"));
        assertThat(log)
                .contains("WARNING org.library: disk is slow")
                .contains("INFO org.skep.engine: opened x")
                .contains("java.io.IOException: why");
    }
}
