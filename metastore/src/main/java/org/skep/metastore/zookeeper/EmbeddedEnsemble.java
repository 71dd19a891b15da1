package org.skep.metastore.zookeeper;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The server in this process, started when someone asks where it is and again after a fault. Safe
 * for use by many threads.
 */
final class EmbeddedEnsemble implements ZooKeeperClient.Ensemble {
    private final Path directory;
    private final CatalogueSecret secret;
    private volatile EmbeddedZooKeeper server;
    private boolean closed;

    EmbeddedEnsemble(Path directory) {
        this.directory = directory;
        secret = new CatalogueSecret(directory.resolve("secret"));
    }

    @Override
    public boolean embedded() {
        return true;
    }

    @Override
    public synchronized String connectString() {
        if (closed) {
            throw ZooKeeperClient.unavailable("it is closed", null);
        }
        EmbeddedZooKeeper current = server;
        if (current == null || !current.running()) {
            if (current != null) {
                server = null;
                current.close();
            }
            secret.create();
            current = EmbeddedZooKeeper.start(directory);
            server = current;
        }
        return current.connectString();
    }

    @Override
    public boolean alive() {
        EmbeddedZooKeeper current = server;
        return current != null && current.running();
    }

    @Override
    public Optional<String> fault() {
        EmbeddedZooKeeper current = server;
        return current == null ? Optional.empty() : current.fault();
    }

    @Override
    public String credentials() {
        return "skep:" + secret.text();
    }

    @Override
    public synchronized void close() {
        closed = true;
        EmbeddedZooKeeper current = server;
        server = null;
        if (current != null) {
            current.close();
        }
    }
}
