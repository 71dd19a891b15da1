package org.skep.engine.crash;

import java.util.List;

/** The places at which a statement that writes may be interrupted. Immutable. */
final class CrashPoints {
    /** Those of a statement, in their order, but the commit first: most is at stake there. */
    static final List<String> ALL =
            List.of(
                    "catalogue.after-commit",
                    "publish.after-commit",
                    "publish.begin",
                    "publish.before-sync",
                    "publish.journal-written",
                    "publish.journal-synced",
                    "publish.trash-made",
                    "catalogue.after-write-ahead",
                    "catalogue.before-commit",
                    "publish.directories-made",
                    "publish.before-move",
                    "publish.after-moves",
                    "publish.before-retire",
                    "publish.after-retire",
                    "publish.after-sync",
                    "publish.before-clear",
                    "publish.after-clear",
                    "publish.trash-deleted",
                    "publish.journal-deleted");

    /** The first that a statement reaches. */
    static final String FIRST = "publish.begin";

    private CrashPoints() {}

    /** Whether it is reached once for each file. */
    static boolean often(String point) {
        return point.endsWith("-move")
                || point.endsWith("before-retire")
                || point.startsWith("catalogue.log-");
    }
}
