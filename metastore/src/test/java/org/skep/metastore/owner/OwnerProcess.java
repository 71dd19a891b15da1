package org.skep.metastore.owner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.skep.base.error.SkepException;
import org.skep.base.time.Clock;

/** A process of its own that opens a data directory and holds it until its input ends. */
final class OwnerProcess {
    private OwnerProcess() {}

    /** Opens the directory that is the first argument; the second is a URL to serve at. */
    public static void main(String[] arguments) throws IOException {
        try (DataDirectory directory = DataDirectory.open(Path.of(arguments[0]), Clock.SYSTEM)) {
            if (arguments.length > 1) {
                directory.serveAt(arguments[1]);
            }
            say("open " + directory.holder().pid());
            System.in.readAllBytes();
        } catch (SkepException e) {
            say(e.code() + " " + e.getMessage());
        }
    }

    private static void say(String line) throws IOException {
        System.out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
