package org.skep.base.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * A file's channel that outlives interrupts: Java closes a channel for all threads when one that
 * uses it is interrupted. Then the file is opened anew and the transfer done again; the thread
 * stays interrupted. Safe for use by many threads.
 */
final class LocalChannel implements AutoCloseable {
    /** A transfer that can be done again: with positions of its own. */
    interface Transfer {
        void run(FileChannel channel) throws IOException;
    }

    private final Path path;
    private final OpenOption reopening;
    private volatile FileChannel channel;
    private volatile boolean closed;

    /**
     * Takes over a channel.
     *
     * @param reopening how to open the file again: READ or WRITE
     */
    LocalChannel(Path path, FileChannel channel, OpenOption reopening) {
        this.path = path;
        this.channel = channel;
        this.reopening = reopening;
    }

    void run(Transfer transfer) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                FileChannel current = channel;
                try {
                    transfer.run(current);
                    return;
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    reopen(current, e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void reopen(FileChannel before, ClosedChannelException cause)
            throws IOException {
        if (closed) {
            throw cause;
        }
        if (channel == before) {
            channel = FileChannel.open(path, reopening);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw LocalFileSystem.failure("close", path.toString(), e);
        } catch (UncheckedIOException e) {
            throw LocalFileSystem.failure("close", path.toString(), e.getCause());
        }
    }
}
