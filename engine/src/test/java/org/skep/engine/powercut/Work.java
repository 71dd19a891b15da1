package org.skep.engine.powercut;

import org.skep.engine.Session;

/**
 * An endless row of statements, numbered from 1, each of which changes what can be seen.
 * Implementations are immutable.
 */
interface Work {
    /** Its name in the ledger. */
    String name();

    /** Makes what the statements need, unless it is there. */
    void prepare(Session session);

    /** Runs a statement after all those before it. */
    void run(Session session, long number);

    /** What is to be seen when a statement was the last; 0 stands for none. */
    String expected(long number);

    /** What is to be seen. */
    String describe(Session session);
}
