package org.skep.metastore.zookeeper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnLog;
import org.apache.zookeeper.util.ServiceUtils;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.time.Clock;

/**
 * A ZooKeeper server in this process, reachable from this machine only, on a port that the system
 * chooses. All its threads are daemons. A fault of the disk ends the server, never the process;
 * {@link #running} then is false and a new one may be started. Safe for use by many threads.
 */
final class EmbeddedZooKeeper implements AutoCloseable {
    private static final int TICK_MILLIS = 2_000;
    private static final int MAX_CONNECTIONS = 60;
    private static final int BACKLOG = -1;
    private static final String SNAPSHOT_AFTER_KILOBYTES = "65536";

    /**
     * None: ZooKeeper pads the log at a position that leaves out what it has not flushed yet, and
     * so overwrites a byte of it when a group of transactions is larger than the padding.
     */
    private static final long LOG_PADDING = 0;

    private static final long START_SECONDS = 20;
    private static final long SESSION_END_NANOS = 100_000_000;
    private static final long POLL_NANOS = 500_000;

    /** How ZooKeeper says that its files are damaged. */
    private static final List<String> DAMAGE =
            List.of("CRC", "valid snapshots", "No snapshot found", "Unreasonable length");

    /**
     * Silent unless someone wants to hear it, since its faults come as failures of statements. Kept
     * here, since a logger that nobody holds forgets its level.
     */
    private static final Logger ZOOKEEPER_LOGGER = Logger.getLogger("org.apache.zookeeper");

    private static final NamedThreads THREADS = NamedThreads.called("catalogue-server");

    private final DurableLog log;
    private final StandaloneServer server;
    private final StandaloneServer.Connections connections = new StandaloneServer.Connections();
    private volatile boolean faulty;
    private boolean closed;

    private EmbeddedZooKeeper(Path directory) throws IOException, InterruptedException {
        log = new DurableLog(directory.toFile());
        server = new StandaloneServer(log, TICK_MILLIS, this::faulted);
        try {
            connections.configure(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0),
                    MAX_CONNECTIONS,
                    BACKLOG,
                    false);
            connections.startup(server, true);
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts a server on the files in a directory, which must exist.
     *
     * @throws SkepException CATALOGUE_UNAVAILABLE
     */
    static EmbeddedZooKeeper start(Path directory) {
        configureProcess();
        // ZooKeeper's threads are daemons only if a daemon starts them.
        FutureTask<EmbeddedZooKeeper> task =
                new FutureTask<>(() -> new EmbeddedZooKeeper(directory));
        THREADS.newThread(task).start();
        try {
            return task.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw unavailable(directory, e.getCause());
        } catch (TimeoutException e) {
            throw unavailable(directory, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(directory, e);
        }
    }

    private static SkepException unavailable(Path directory, Throwable cause) {
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        boolean damaged = DAMAGE.stream().anyMatch(reason::contains);
        return new SkepException(
                damaged ? ErrorCode.CORRUPT_FILE : ErrorCode.CATALOGUE_UNAVAILABLE,
                "Cannot start the catalogue in %s: %s".formatted(directory, reason),
                cause);
    }

    // ZooKeeper reads these once in the life of a process.
    private static synchronized void configureProcess() {
        if (ZOOKEEPER_LOGGER.getLevel() == null) {
            ZOOKEEPER_LOGGER.setLevel(Level.OFF);
        }
        setUnlessSet("zookeeper.4lw.commands.whitelist", "");
        setUnlessSet("zookeeper.admin.enableServer", "false");
        setUnlessSet("zookeeper.snapSizeLimitInKb", SNAPSHOT_AFTER_KILOBYTES);
        setUnlessSet("zookeeper.nio.numSelectorThreads", "1");
        setUnlessSet("zookeeper.nio.numWorkerThreads", "0");
        setUnlessSet("jute.maxbuffer", Integer.toString(ZooKeeperClient.BUFFER_BYTES));
        FileTxnLog.setPreallocSize(LOG_PADDING);
        ServiceUtils.setSystemExitProcedure(ServiceUtils.LOG_ONLY);
        ZooKeeperServer.setDigestEnabled(false);
        // The class takes over the failures of all threads of the process when it is loaded.
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        new StandaloneServer.Connections();
        Thread.setDefaultUncaughtExceptionHandler(handler);
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Where clients connect. */
    String connectString() {
        return "127.0.0.1:" + connections.getLocalPort();
    }

    /** Whether it answers requests. */
    boolean running() {
        return !faulty && server.isRunning();
    }

    /** What ended it, if it was not {@link #close}. */
    Optional<String> fault() {
        return log.fault().map(fault -> String.valueOf(fault.getMessage()));
    }

    private void faulted() {
        faulty = true;
        THREADS.newThread(this::close).start();
    }

    // A session that says goodbye is not kept in the files.
    private void awaitSessions() {
        long end = Clock.SYSTEM.nanoTime() + SESSION_END_NANOS;
        while (running()
                && connections.getNumAliveConnections() > 0
                && Clock.SYSTEM.nanoTime() - end < 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        awaitSessions();
        connections.shutdown();
        server.shutdown(true);
        try {
            log.close();
        } catch (IOException e) {
            ZOOKEEPER_LOGGER.log(Level.WARNING, "Cannot close the catalogue's log", e);
        }
    }
}
