package org.skep.engine.crash;

import java.nio.file.Path;

/**
 * A process of its own that overwrites all partitions again and again. It prints a line when it is
 * ready and the number of each statement once that is acknowledged.
 */
final class OverwritingProcess {
    private OverwritingProcess() {}

    /**
     * Arguments: the data directory, and how many statements to run before it closes in good order.
     */
    public static void main(String[] arguments) {
        int count = Integer.parseInt(arguments[1]);
        try (Generations generations = new Generations(Path.of(arguments[0]))) {
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
}
