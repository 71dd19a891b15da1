package org.skep.sqltests.corpus;

import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/**
 * A way to run the corpus; none may change an answer. {@code -Dskep.sql.modes=bytes,spill} chooses
 * some, by default {@link #EMBEDDED}, {@link #COMBINED} and {@link #JDBC} run.
 */
enum CorpusMode {
    /** As a user runs it. */
    EMBEDDED,
    /** Through the driver, over a connection to a directory. */
    JDBC,
    /** Every fragment is written as bytes and read back. */
    BYTES,
    /** Batches of one row. */
    BATCH1,
    /** Batches of three rows. */
    BATCH3,
    /** Operators put rows on disk as early as they can. */
    SPILL,
    /** One task at a time. */
    THREADS1,
    /** Four tasks side by side. */
    THREADS4,
    /** The process has a Turkish locale and another time zone than the session. */
    FOREIGN,
    /** All of it at once. */
    COMBINED;

    private static final String BYTES_KEY = "skep.test.fragments-as-bytes";
    private static final String BATCH_KEY = "skep.execution.batch-rows";
    private static final String SPILL_KEY = "skep.test.forced-spill";
    private static final String THREADS_KEY = "skep.execution.threads";

    Map<String, String> settings() {
        return switch (this) {
            case EMBEDDED, JDBC, FOREIGN -> Map.of();
            case BYTES -> Map.of(BYTES_KEY, "true");
            case BATCH1 -> Map.of(BATCH_KEY, "1");
            case BATCH3 -> Map.of(BATCH_KEY, "3");
            case SPILL -> Map.of(SPILL_KEY, "true");
            case THREADS1 -> Map.of(THREADS_KEY, "1");
            case THREADS4 -> Map.of(THREADS_KEY, "4");
            case COMBINED ->
                    Map.of(BYTES_KEY, "true", BATCH_KEY, "3", SPILL_KEY, "true", THREADS_KEY, "2");
        };
    }

    /** Gives the process the locale and zone of this mode. */
    void enter() {
        if (this == FOREIGN || this == COMBINED) {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
        }
    }
}
