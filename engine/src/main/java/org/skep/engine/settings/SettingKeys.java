package org.skep.engine.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skep.base.config.ConfigKey;

/**
 * All settings that Skep knows. Hive's own keep Hive's names and defaults; those that another
 * engine would act on are accepted so that scripts run, and say so. Immutable.
 */
public final class SettingKeys {
    public static final ConfigKey<String> TIME_ZONE =
            ConfigKey.text(
                    "hive.local.time.zone",
                    "LOCAL",
                    "The session's time zone; LOCAL is that of the machine.");
    public static final ConfigKey<Boolean> DROP_IGNORES_ABSENT =
            ConfigKey.bool(
                    "hive.exec.drop.ignorenonexistent",
                    true,
                    "Whether DROP PARTITION and DROP FUNCTION do without what they drop.");
    public static final ConfigKey<Boolean> DYNAMIC_PARTITION =
            ConfigKey.bool(
                    "hive.exec.dynamic.partition",
                    true,
                    "Whether INSERT may take partition values from the query.");
    public static final ConfigKey<String> DYNAMIC_PARTITION_MODE =
            ConfigKey.text(
                    "hive.exec.dynamic.partition.mode",
                    "nonstrict",
                    "With strict, INSERT must name the value of at least one partition column.");
    public static final ConfigKey<String> DEFAULT_PARTITION_NAME =
            ConfigKey.text(
                    "hive.exec.default.partition.name",
                    "__HIVE_DEFAULT_PARTITION__",
                    "The partition value that stands for NULL and for the empty string.");
    public static final ConfigKey<String> DEFAULT_FILE_FORMAT =
            ConfigKey.text(
                    "hive.default.fileformat",
                    "TextFile",
                    "The file format of tables that are created without STORED AS.");
    public static final ConfigKey<String> DEFAULT_MANAGED_FILE_FORMAT =
            ConfigKey.text(
                    "hive.default.fileformat.managed",
                    "none",
                    "The file format of managed tables that are created without STORED AS; none leaves it to hive.default.fileformat.");
    public static final ConfigKey<String> DEFAULT_QUERY_FILE_FORMAT =
            ConfigKey.text(
                    "hive.default.serde",
                    "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
                    "The serde of text files that are created without ROW FORMAT.");
    public static final ConfigKey<String> BLOCKED_FUNCTIONS =
            ConfigKey.text(
                    "hive.server2.builtin.udf.blacklist",
                    "",
                    "Functions that no statement may call, parted by commas; read once, from what the warehouse was opened with or the system property of this name.");
    public static final ConfigKey<Boolean> UNIQUE_COLUMN_NAMES =
            ConfigKey.bool(
                    "hive.resultset.use.unique.column.names",
                    true,
                    "Whether the columns of SELECT * are named with their table.");
    public static final ConfigKey<Boolean> VARIABLE_SUBSTITUTE =
            ConfigKey.bool(
                    "hive.variable.substitute", true, "Whether ${..} in statements is replaced.");
    public static final ConfigKey<Boolean> RECURSIVE_INPUT =
            ConfigKey.bool(
                    "mapred.input.dir.recursive",
                    false,
                    "Whether files in directories below that of a table or partition belong to it.");
    public static final ConfigKey<Boolean> STRICT_DAMAGE =
            ConfigKey.bool(
                    "skep.strict",
                    false,
                    "Whether a statement fails that would turn values into NULL, cut or wrap them.");
    public static final ConfigKey<Long> BATCH_ROWS =
            ConfigKey.number(
                    "skep.execution.batch-rows",
                    2048,
                    "The most rows that operators take at once.");
    public static final ConfigKey<String> EXECUTION_ENGINE =
            ConfigKey.text(
                    "hive.execution.engine",
                    "mr",
                    "What runs queries: tez is Apache Tez, any other value threads of this process.");
    public static final ConfigKey<Long> TEZ_TASKS =
            ConfigKey.number(
                    "skep.tez.tasks",
                    0,
                    "The most tasks that a stage is cut into on Tez; 0 is one a processor, or 16 on a cluster.");
    public static final ConfigKey<Long> THREADS =
            ConfigKey.number(
                    "skep.execution.threads",
                    0,
                    "How many tasks of a statement run side by side; 0 is one a processor.");
    public static final ConfigKey<Long> SPLIT_SIZE =
            ConfigKey.bytes(
                    "skep.execution.split-size",
                    32L << 20,
                    "About how many bytes of a file one task reads at a time.");
    public static final ConfigKey<Long> QUERY_MEMORY =
            ConfigKey.bytes(
                    "skep.memory.query-limit",
                    0,
                    "Bytes that one statement may hold in memory; 0 is the limit of the process.");
    public static final ConfigKey<Boolean> FRAGMENTS_AS_BYTES =
            ConfigKey.bool(
                    "skep.test.fragments-as-bytes",
                    false,
                    "For tests: every fragment is written as bytes and read back before it runs.");
    public static final ConfigKey<Boolean> FORCED_SPILL =
            ConfigKey.bool(
                    "skep.test.forced-spill",
                    false,
                    "For tests: operators put rows on disk as early as they can.");

    private static final Map<String, ConfigKey<?>> ALL = new TreeMap<>();

    static {
        for (ConfigKey<?> key :
                List.of(
                        TIME_ZONE,
                        DROP_IGNORES_ABSENT,
                        DYNAMIC_PARTITION,
                        DYNAMIC_PARTITION_MODE,
                        DEFAULT_PARTITION_NAME,
                        DEFAULT_FILE_FORMAT,
                        DEFAULT_MANAGED_FILE_FORMAT,
                        DEFAULT_QUERY_FILE_FORMAT,
                        BLOCKED_FUNCTIONS,
                        UNIQUE_COLUMN_NAMES,
                        VARIABLE_SUBSTITUTE,
                        RECURSIVE_INPUT,
                        STRICT_DAMAGE,
                        BATCH_ROWS,
                        EXECUTION_ENGINE,
                        TEZ_TASKS,
                        THREADS,
                        SPLIT_SIZE,
                        QUERY_MEMORY,
                        FRAGMENTS_AS_BYTES,
                        FORCED_SPILL)) {
            ALL.put(key.name(), key);
        }
        for (ConfigKey<?> key : HiveKeys.all()) {
            ALL.putIfAbsent(key.name(), key);
        }
    }

    private SettingKeys() {}

    /** The declaration of a setting; empty for a name that Skep does not know. */
    public static Optional<ConfigKey<?>> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** All declarations by name, sorted. */
    public static List<ConfigKey<?>> all() {
        return List.copyOf(ALL.values());
    }
}
