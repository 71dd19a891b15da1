package org.skep.rpc;

/** Keys of the configuration with which a session is opened, as Hive's clients write them. */
public final class SessionKeys {
    /** Prefix of a setting: {@code set:hiveconf:hive.exec.parallel}. */
    public static final String HIVECONF = "set:hiveconf:";

    /** Prefix of a substitution variable: {@code set:hivevar:day}. */
    public static final String HIVEVAR = "set:hivevar:";

    /** The database to use first. */
    public static final String USE_DATABASE = "use:database";

    /** In the answer: rows a fetch if the client has no wish. */
    public static final String DEFAULT_FETCH_SIZE =
            "hive.server2.thrift.resultset.default.fetch.size";

    /**
     * Which wording of errors the client wants: {@link #SHORT_ERRORS}, else Hive's own sentences.
     */
    public static final String ERROR_TEXT = "skep.client.error-text";

    /** Value of {@link #ERROR_TEXT}: Skep's short sentences without Hive's prefixes. */
    public static final String SHORT_ERRORS = "short";

    private SessionKeys() {}
}
