package org.skep.sqltests.corpus;

import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/**
 * A way to run the corpus; none may change an answer. {@code -Dskep.sql.modes=bytes,spill} chooses
 * some, by default {@link #EMBEDDED} and {@link #COMBINED} run.
 */
enum CorpusMode {
    /** As a user runs it. */
    EMBEDDED(Map.of()),
    /** Every fragment is written as bytes and read back. */
    BYTES(Map.of("skep.test.fragments-as-bytes", "true")),
    /** Batches of one row. */
    BATCH1(Map.of("skep.execution.batch-rows", "1")),
    /** Batches of three rows. */
    BATCH3(Map.of("skep.execution.batch-rows", "3")),
    /** Operators put rows on disk as early as they can. */
    SPILL(Map.of("skep.test.forced-spill", "true")),
    /** One task at a time. */
    THREADS1(Map.of("skep.execution.threads", "1")),
    /** Four tasks side by side. */
    THREADS4(Map.of("skep.execution.threads", "4")),
    /** The process has a Turkish locale and another time zone than the session. */
    FOREIGN(Map.of()),
    /** All of it at once. */
    COMBINED(
            Map.of(
                    "skep.test.fragments-as-bytes", "true",
                    "skep.execution.batch-rows", "3",
                    "skep.test.forced-spill", "true",
                    "skep.execution.threads", "2"));

    private final Map<String, String> settings;

    CorpusMode(Map<String, String> settings) {
        this.settings = settings;
    }

    Map<String, String> settings() {
        return settings;
    }

    /** Gives the process the locale and zone of this mode. */
    void enter() {
        if (this == FOREIGN || this == COMBINED) {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
        }
    }
}
