package org.skep.sqltests.corpus;

/** A way to put statements to Skep. Confined to one thread. */
interface SqlSession extends AutoCloseable {
    /**
     * Runs a statement and takes all of its rows.
     *
     * @throws SqlFailure if it fails
     */
    SqlRows run(String sql);

    @Override
    void close();
}
