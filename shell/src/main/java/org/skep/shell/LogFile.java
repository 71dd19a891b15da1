package org.skep.shell;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.io.OutputFile;

/**
 * Writes what the program and its libraries log to {@code logs/skep.log} in the data directory, and
 * to nowhere else. The file is made by the first record; a log of more than 10 MB is put aside as
 * {@code skep.log.1} when the file is opened. Guarded by itself.
 */
final class LogFile extends Handler {
    private static final String FORMAT_PROPERTY = "java.util.logging.SimpleFormatter.format";
    private static final String FORMAT = "%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s: %5$s%6$s%n";
    private static final long LONGEST = 10L << 20;

    // JUL keeps loggers by weak reference; without this one its level would be forgotten.
    private static final Logger OURS = Logger.getLogger("org.skep");

    private final Path directory;
    private OutputFile file;
    private boolean broken;

    private LogFile(Path directory) {
        this.directory = directory;
        setFormatter(new SimpleFormatter());
    }

    /** Sends everything that is logged in this process to the data directory's log. */
    static void install(Path dataDirectory) {
        if (System.getProperty(FORMAT_PROPERTY) == null) {
            System.setProperty(FORMAT_PROPERTY, FORMAT);
        }
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        OURS.setLevel(Level.INFO);
        root.addHandler(new LogFile(dataDirectory.resolve("logs")));
    }

    @Override
    public synchronized void publish(LogRecord record) {
        if (broken || !isLoggable(record)) {
            return;
        }
        byte[] line = getFormatter().format(record).getBytes(StandardCharsets.UTF_8);
        try {
            if (file == null) {
                file = open();
            }
            file.write(line, 0, line.length);
        } catch (SkepException e) {
            // A full disk must not fail statements that need none of it.
            broken = true;
        }
    }

    private OutputFile open() {
        FileSystem files = LocalFileSystem.INSTANCE;
        String path = directory.resolve("skep.log").toString();
        files.createDirectories(directory.toString());
        long length = files.status(path).map(FileStatus::length).orElse(0L);
        if (length > LONGEST) {
            String old = path + ".1";
            if (files.status(old).isPresent()) {
                files.delete(old);
            }
            files.rename(path, old);
        }
        return files.status(path).isPresent() ? files.append(path) : files.create(path);
    }

    @Override
    public void flush() {
        // Every record is handed to the system at once.
    }

    @Override
    public synchronized void close() {
        broken = true;
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
