package org.skep.lsmtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A row of a million columns, {@code skep.wide-row.columns}, goes through a process that could not
 * hold it.
 */
class WideRowTest {
    private static final int COLUMNS =
            Integer.getInteger(
                    "skep.wide-row.columns",
                    Boolean.getBoolean("skep.witnesses") ? 1_000_000 : 200_000);

    @TempDir private Path directory;

    @Test
    void readsARowOfAMillionColumnsInParts() throws Exception {
        Path output = directory.resolve("output");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx32m",
                                "-XX:MaxDirectMemorySize=96m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                WideRow.class.getName(),
                                directory.toString(),
                                Integer.toString(COLUMNS))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String told = Files.readString(output);
        System.out.print(told);
        assertThat(process.exitValue()).as(told).isZero();
    }
}
