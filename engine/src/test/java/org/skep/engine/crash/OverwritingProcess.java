package org.skep.engine.crash;

import java.nio.file.Path;
import org.skep.base.fault.Crash;
import org.skep.base.fault.VolatileFileSystem.Carelessness;

/**
 * A process of its own that overwrites all partitions again and again. It prints a line when it is
 * ready, each crash point that it reaches behind {@link #POINT}, and the number of each statement
 * once that is acknowledged.
 */
final class OverwritingProcess {
    /** Begins a line that names a crash point. */
    static final String POINT = "@";

    /** What the process returns when it ended itself at a crash point. */
    static final int HALTED = 137;

    private OverwritingProcess() {}

    /**
     * Arguments: the data directory, how many statements to run before it closes in good order,
     * {@code disk} to use the disk as it is or what the process forgets when its end loses what it
     * did not sync, and the crash point with its occurrence at which it ends, or none.
     */
    public static void main(String[] arguments) {
        int count = Integer.parseInt(arguments[1]);
        Crash.install(new Points(arguments[3]));
        Disk disk =
                arguments[2].equals("disk")
                        ? Disk.plain()
                        : Disk.losing(Carelessness.valueOf(arguments[2]));
        try (Generations generations = new Generations(Path.of(arguments[0]), disk)) {
            int next = generations.generation() + 1;
            System.out.println("ready");
            for (int i = 0; i < count; i++) {
                generations.write(next);
                System.out.println(next);
                next++;
            }
        }
        System.out.println("closed");
    }

    /** Prints the points that are reached, and ends the process at one. Guarded by itself. */
    private static final class Points implements Crash.Handler {
        private final String last;
        private int left;

        Points(String spec) {
            int colon = spec.lastIndexOf(':');
            last = colon < 0 ? spec : spec.substring(0, colon);
            left = colon < 0 ? 1 : Integer.parseInt(spec.substring(colon + 1));
        }

        @Override
        public synchronized void reached(String point) {
            if (point.equals(last) && --left == 0) {
                Runtime.getRuntime().halt(HALTED);
            }
            if (!CrashPoints.often(point)) {
                System.out.println(POINT + point);
            }
        }
    }
}
