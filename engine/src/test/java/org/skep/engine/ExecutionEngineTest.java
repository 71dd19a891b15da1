package org.skep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/** What {@code hive.execution.engine} means where nothing but threads is on the class path. */
final class ExecutionEngineTest {
    @TempDir private Path directory;

    @Test
    void tezIsMissedWhenAQueryRunsAndOtherNamesMeanThreads() {
        try (WarehouseFixture fixture = new WarehouseFixture(directory)) {
            fixture.run("set hive.execution.engine=TEZ");
            assertThatThrownBy(() -> fixture.run("select 1"))
                    .isInstanceOfSatisfying(
                            SkepException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED))
                    .hasMessage(
                            "Execution engine is not on the class path (hive.execution.engine=local does without): tez");
            // What needs no query goes on.
            assertThat(fixture.run("show tables")).isEmpty();
            for (String name : new String[] {"spark", "mr", "local"}) {
                fixture.run("set hive.execution.engine=" + name);
                assertThat(fixture.run("select 1")).containsExactly("1");
            }
        }
    }

    @Test
    void aLocationOfAnUnknownSchemeIsRefused() {
        try (WarehouseFixture fixture = new WarehouseFixture(directory)) {
            assertThatThrownBy(
                            () ->
                                    fixture.run(
                                            "create external table t(a int) location 'hdfs://nowhere:8020/t'"))
                    .isInstanceOfSatisfying(
                            SkepException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED))
                    .hasMessage("File system is not supported: hdfs://nowhere:8020/t");
        }
    }
}
