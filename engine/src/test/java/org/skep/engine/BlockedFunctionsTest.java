package org.skep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions that a warehouse forbids its sessions. */
class BlockedFunctionsTest {
    private static final String SETTING = "hive.server2.builtin.udf.blacklist";

    @TempDir private Path directory;

    @Test
    void sessionsCannotLiftTheBan() {
        Warehouse.Builder builder =
                Warehouse.at(directory.resolve("data")).setting(SETTING, "Reflect, in_file");
        try (WarehouseFixture skep = new WarehouseFixture(directory, builder)) {
            String call = "select reflect('java.lang.Math', 'max', 2, 3)";
            assertThat(skep.failure(call)).contains("Function is not allowed: reflect");
            assertThat(skep.failure(call.replace("reflect", "java_method")))
                    .contains("Function is not allowed: java_method");
            assertThat(skep.failure("select in_file('a', '/dev/null')"))
                    .contains("Function is not allowed: in_file");
            skep.run("set " + SETTING + "=");
            assertThat(skep.failure(call)).contains("Function is not allowed: reflect");
            assertThat(skep.line("select reflect2('abc', 'length')")).isEqualTo("3");
        }
    }

    @Test
    void nothingIsBannedByItself() {
        try (WarehouseFixture skep = new WarehouseFixture(directory)) {
            assertThat(skep.line("select reflect('java.lang.Math', 'max', 2, 3)")).isEqualTo("3");
        }
    }
}
