package org.skep.metastore.zookeeper;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.apache.zookeeper.server.NIOServerCnxn;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxn;
import org.apache.zookeeper.server.ZKDatabase;
import org.apache.zookeeper.server.ZooKeeperServer;

/**
 * A ZooKeeper server without management beans, whose start would cost more than all else in it, and
 * which says when a fault ended it. Safe for use by many threads.
 */
final class StandaloneServer extends ZooKeeperServer {
    private static final int UNLIMITED = -1;

    private final Runnable onFault;

    StandaloneServer(DurableLog log, int tickMillis, Runnable onFault) {
        super(log, tickMillis, UNLIMITED, UNLIMITED, UNLIMITED, new ZKDatabase(log), "", false);
        this.onFault = onFault;
        setResponseCachingEnabled(false);
    }

    @Override
    protected void registerJMX() {
        // No beans.
    }

    @Override
    protected void unregisterJMX() {
        // No beans.
    }

    @Override
    protected void setState(State newState) {
        super.setState(newState);
        // Set by the threads that write the log, when the disk fails; requests would wait for ever.
        if (newState == State.ERROR) {
            onFault.run();
        }
    }

    /** Accepts connections, without beans for them, and without four-letter words. */
    static final class Connections extends NIOServerCnxnFactory {
        @Override
        protected NIOServerCnxn createConnection(
                SocketChannel socket, SelectionKey key, SelectorThread selector)
                throws IOException {
            return new Connection(zkServer, socket, key, this, selector);
        }

        @Override
        public void registerConnection(ServerCnxn connection) {
            // No beans.
        }

        @Override
        public void unregisterConnection(ServerCnxn connection) {
            // No beans.
        }
    }

    private static final class Connection extends NIOServerCnxn {
        private static final int WORD_BYTES = 4;

        Connection(
                ZooKeeperServer server,
                SocketChannel socket,
                SelectionKey key,
                NIOServerCnxnFactory factory,
                NIOServerCnxnFactory.SelectorThread selector)
                throws IOException {
            super(server, socket, key, factory, selector);
        }

        // The setting for these words cannot switch off all of them. Only such a word comes without
        // anything behind its first four bytes, and this exception closes the connection silently.
        @Override
        protected void packetReceived(long bytes) {
            if (bytes == WORD_BYTES) {
                throw new CancelledKeyException();
            }
            super.packetReceived(bytes);
        }
    }
}
