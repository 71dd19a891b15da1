package org.skep.engine.crash;

import java.nio.file.Path;
import org.skep.base.fault.VolatileFileSystem;
import org.skep.base.fault.VolatileFileSystem.Carelessness;
import org.skep.base.io.FileSystem;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.time.Clock;

/** What a process sees of the disk below a data directory. */
@FunctionalInterface
interface Disk {
    /**
     * The files of a data directory.
     *
     * @param path of the data directory
     * @param journals the directory of journals in it
     */
    FileSystem at(Path path, Path journals);

    /** The disk as it is: what the system has in memory outlives the process. */
    static Disk plain() {
        return (path, journals) -> LocalFileSystem.INSTANCE;
    }

    /** A disk that loses what was not synced when the process ends, as in a power cut. */
    static Disk losing(Carelessness carelessness) {
        return (path, journals) ->
                new VolatileFileSystem(path, Clock.SYSTEM, carelessness, journals.toString());
    }
}
