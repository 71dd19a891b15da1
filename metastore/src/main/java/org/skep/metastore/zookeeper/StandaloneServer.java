package org.skep.metastore.zookeeper;

import org.apache.zookeeper.server.ServerCnxn;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
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

    /** Accepts connections, without beans for them. */
    static final class Connections extends NIOServerCnxnFactory {
        @Override
        public void registerConnection(ServerCnxn connection) {
            // No beans.
        }

        @Override
        public void unregisterConnection(ServerCnxn connection) {
            // No beans.
        }
    }
}
