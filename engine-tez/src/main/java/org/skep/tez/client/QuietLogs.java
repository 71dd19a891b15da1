package org.skep.tez.client;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps what Hadoop and Tez say of their daily work out of a user's terminal, unless logging was
 * configured for them. Has no state but the loggers, which would forget their levels if they were
 * collected.
 */
final class QuietLogs {
    private static final List<Logger> LOGGERS =
            List.of(Logger.getLogger("org.apache.hadoop"), Logger.getLogger("org.apache.tez"));

    private QuietLogs() {}

    /** Lets errors alone through. */
    static void quieten() {
        for (Logger logger : LOGGERS) {
            if (logger.getLevel() == null) {
                logger.setLevel(Level.SEVERE);
            }
        }
    }
}
