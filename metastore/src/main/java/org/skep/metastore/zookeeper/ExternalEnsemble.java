package org.skep.metastore.zookeeper;

import java.util.Optional;

/** Servers that someone else runs. Immutable. */
final class ExternalEnsemble implements ZooKeeperClient.Ensemble {
    private final String connectString;
    private final String credentials;

    ExternalEnsemble(String connectString, String credentials) {
        this.connectString = connectString;
        this.credentials = credentials;
    }

    @Override
    public boolean embedded() {
        return false;
    }

    @Override
    public String connectString() {
        return connectString;
    }

    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public Optional<String> fault() {
        return Optional.empty();
    }

    @Override
    public String credentials() {
        return credentials;
    }

    @Override
    public void close() {
        // They stay.
    }
}
