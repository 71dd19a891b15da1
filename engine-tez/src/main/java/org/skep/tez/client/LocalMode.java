package org.skep.tez.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.tez.dag.api.TezConfiguration;
import org.apache.tez.runtime.library.api.TezRuntimeConfiguration;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.LocalFileSystem;

/**
 * Tez within this process, for trying out and for tests: the same DAGs, edges and attempts, on
 * threads. Immutable; closing it deletes the directory in which Tez kept its files.
 */
final class LocalMode implements AutoCloseable {
    private static final String CACHE = "cache";
    private static final int BUFFER_MEGABYTES = 8;
    private static final int DAY_SECONDS = 86_400;

    private final Path directory;

    private LocalMode(Path directory) {
        this.directory = directory;
    }

    /** Changes a configuration so that it means this process. */
    static LocalMode prepare(TezConfiguration configuration) {
        TaskTalk.drop();
        Path directory;
        try {
            directory = Files.createTempDirectory("skep-tez-");
            Files.createDirectory(directory.resolve(CACHE));
        } catch (IOException e) {
            throw new SkepException(
                    ErrorCode.IO_ERROR, "Cannot make a directory for Tez: " + e.getMessage(), e);
        }
        configuration.setBoolean(TezConfiguration.TEZ_LOCAL_MODE, true);
        configuration.setBoolean(TezConfiguration.TEZ_LOCAL_MODE_WITHOUT_NETWORK, true);
        configuration.set(CommonConfigurationKeysPublic.FS_DEFAULT_NAME_KEY, "file:///");
        configuration.set("hadoop.tmp.dir", directory.resolve("hadoop").toString());
        configuration.set(
                TezConfiguration.TEZ_AM_STAGING_DIR, directory.resolve("staging").toString());
        configuration.set(
                TezConfiguration.TEZ_LOCAL_CACHE_ROOT_FOLDER, directory.resolve(CACHE).toString());
        configuration.setBoolean(TezConfiguration.TEZ_DAG_HISTORY_LOGGING_ENABLED, false);
        configuration.setBoolean(TezConfiguration.TEZ_AM_HISTORY_LOGGING_ENABLED, false);
        configuration.setBoolean(TezConfiguration.TEZ_CLIENT_ASYNCHRONOUS_STOP, false);
        configuration.setInt(TezConfiguration.TEZ_SESSION_AM_DAG_SUBMIT_TIMEOUT_SECS, DAY_SECONDS);
        configuration.setInt(
                TezConfiguration.TEZ_AM_INLINE_TASK_EXECUTION_MAX_TASKS,
                Runtime.getRuntime().availableProcessors());
        configuration.setInt(
                TezRuntimeConfiguration.TEZ_RUNTIME_UNORDERED_OUTPUT_BUFFER_SIZE_MB,
                BUFFER_MEGABYTES);
        configuration.setBoolean(TezRuntimeConfiguration.TEZ_RUNTIME_OPTIMIZE_LOCAL_FETCH, true);
        return new LocalMode(directory);
    }

    @Override
    public void close() {
        LocalFileSystem.INSTANCE.deleteTree(directory.toString());
    }
}
