package org.skep.base.fault;

/**
 * Named places in write paths at which a test may end the process or fail the call. In production a
 * point costs one volatile read. Safe for use by many threads.
 */
public final class Crash {
    /** What a test does when a point is reached. */
    @FunctionalInterface
    public interface Handler {
        /** Called on the thread that reached the point; may halt the process or throw. */
        void reached(String point);
    }

    private static volatile Handler handler = fromEnvironment();

    private Crash() {}

    /**
     * Marks a place in a write path. Names are lower case with dots: {@code publish.after-journal}.
     */
    public static void point(String name) {
        Handler current = handler;
        if (current != null) {
            current.reached(name);
        }
    }

    /** Installs a handler; null removes it. For tests only. */
    public static void install(Handler newHandler) {
        handler = newHandler;
    }

    // SKEP_CRASH_AT=name:n halts the process at the n-th time that the point is reached; used by
    // crash tests that run
    // a real child process.
    private static Handler fromEnvironment() {
        String spec = System.getenv("SKEP_CRASH_AT");
        if (spec == null || spec.isEmpty()) {
            return null;
        }
        int colon = spec.lastIndexOf(':');
        String point = colon < 0 ? spec : spec.substring(0, colon);
        int[] left = {colon < 0 ? 1 : Integer.parseInt(spec.substring(colon + 1))};
        return name -> {
            if (name.equals(point)) {
                synchronized (left) {
                    if (--left[0] == 0) {
                        Runtime.getRuntime().halt(137);
                    }
                }
            }
        };
    }
}
