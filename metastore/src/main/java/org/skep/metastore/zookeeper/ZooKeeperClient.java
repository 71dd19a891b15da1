package org.skep.metastore.zookeeper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * One session with ZooKeeper that is opened on first use and again after it was lost. Reads are
 * tried again after a lost connection; a write is not, since it may have happened. Safe for use by
 * many threads.
 */
final class ZooKeeperClient implements AutoCloseable {
    /** A safety net on both sides; what we send stays below {@link #PACKET_BYTES}. */
    static final int BUFFER_BYTES = 4 << 20;

    /** What one request may hold, ZooKeeper's own default. */
    static final int PACKET_BYTES = 1 << 20;

    private static final NamedThreads THREADS = NamedThreads.called("catalogue-client");
    private static final int SESSION_MILLIS = 30_000;
    private static final int CONNECT_MILLIS = 15_000;
    private static final int POLL_MILLIS = 50;
    private static final int CLOSE_MILLIS = 200;
    private static final int READ_ATTEMPTS = 4;
    private static final int IN_FLIGHT = 48;

    /** Who is told of changes and of a lost session. */
    interface Listener {
        /** The node at {@code path} was made, changed or deleted by transaction {@code zxid}. */
        void changed(String path, long zxid);

        /** Changes may have gone unseen. */
        void interrupted();
    }

    /** Where the servers are and how to prove who we are. */
    interface Ensemble extends AutoCloseable {
        /** Whether the server is in this process and used by nobody else. */
        boolean embedded();

        /** Starts the servers if that is needed; the address in ZooKeeper's form. */
        String connectString();

        /** Whether a connection that was made can still be in use. */
        boolean alive();

        /** What ended the servers, if that is known. */
        Optional<String> fault();

        /** {@code user:password} of the digest scheme; empty for none. */
        String credentials();

        @Override
        void close();
    }

    // The full configuration looks for TLS settings, which takes longer than to connect.
    private static final class LeanConfig extends ZKClientConfig {
        @Override
        protected void handleBackwardCompatibility() {
            // Nothing of the process's properties concerns a server in it.
        }
    }

    /** What a node holds. Nobody changes the bytes. */
    static final class Node {
        private final byte[] data;
        private final Stat stat;

        Node(byte[] data, Stat stat) {
            this.data = data;
            this.stat = stat;
        }

        /** Its content. */
        byte[] data() {
            return data;
        }

        /** Its versions and times. */
        Stat stat() {
            return stat;
        }
    }

    private final Ensemble ensemble;
    private final String watched;
    private final Listener listener;
    private final Object opening = new Object();
    private volatile ZooKeeper session;
    private volatile boolean closed;

    ZooKeeperClient(Ensemble ensemble, String watched, Listener listener) {
        this.ensemble = ensemble;
        this.watched = watched;
        this.listener = listener;
    }

    /** Only the holder of the credentials may see or change the node. */
    List<ACL> acl() {
        return ensemble.credentials().isEmpty() ? Ids.OPEN_ACL_UNSAFE : Ids.CREATOR_ALL_ACL;
    }

    /** Whether the server is in this process. */
    boolean embedded() {
        return ensemble.embedded();
    }

    /** Makes the path at the end of the servers' address, below which all our nodes are. */
    void makeChroot() {
        String address = ensemble.connectString();
        int slash = address.indexOf('/');
        if (slash < 0) {
            return;
        }
        List<NewNode> nodes = new ArrayList<>();
        for (int end = slash; end >= 0 && end < address.length(); ) {
            end = address.indexOf('/', end + 1);
            String path = end < 0 ? address.substring(slash) : address.substring(slash, end);
            nodes.add(new NewNode(path, new byte[0]));
        }
        Ensemble plain = new ExternalEnsemble(address.substring(0, slash), ensemble.credentials());
        try (ZooKeeperClient client = new ZooKeeperClient(plain, "/", new ObjectCache())) {
            client.createAll(nodes);
        }
    }

    /** Opens the session if there is none. */
    ZooKeeper session() {
        ZooKeeper current = session;
        if (usable(current)) {
            return current;
        }
        synchronized (opening) {
            if (closed) {
                throw unavailable("it is closed", null);
            }
            current = session;
            if (!usable(current)) {
                if (current != null) {
                    ZooKeeper lost = current;
                    session = null;
                    // It may wait between attempts to connect.
                    THREADS.newThread(() -> closeSession(lost)).start();
                }
                current = open();
                session = current;
            }
            return current;
        }
    }

    private boolean usable(ZooKeeper current) {
        return current != null && current.getState().isAlive() && ensemble.alive();
    }

    private ZooKeeper open() {
        listener.interrupted();
        ZKClientConfig config = ensemble.embedded() ? new LeanConfig() : new ZKClientConfig();
        config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
        config.setProperty(
                ZKClientConfig.JUTE_MAXBUFFER,
                Integer.toString(Integer.getInteger(ZKClientConfig.JUTE_MAXBUFFER, BUFFER_BYTES)));
        CountDownLatch connected = new CountDownLatch(1);
        String address = ensemble.connectString();
        ZooKeeper opened = null;
        try {
            opened =
                    new ZooKeeper(
                            address, SESSION_MILLIS, event -> received(event, connected), config);
            if (!ensemble.credentials().isEmpty()) {
                opened.addAuthInfo(
                        "digest", ensemble.credentials().getBytes(StandardCharsets.UTF_8));
            }
            if (!awaitConnection(connected)) {
                throw unavailable(ensemble.fault().orElse("no answer from " + address), null);
            }
            opened.addWatch(
                    watched,
                    event -> received(event, connected),
                    AddWatchMode.PERSISTENT_RECURSIVE);
            return opened;
        } catch (IOException | KeeperException e) {
            closeSession(opened);
            throw unavailable(e.getMessage(), e);
        } catch (InterruptedException e) {
            closeSession(opened);
            Thread.currentThread().interrupt();
            throw unavailable("interrupted", e);
        } catch (SkepException e) {
            closeSession(opened);
            throw e;
        }
    }

    // A server of our own that ended, since its disk is full or broken, will not answer any more.
    private boolean awaitConnection(CountDownLatch connected) throws InterruptedException {
        for (int left = CONNECT_MILLIS / POLL_MILLIS; left > 0; left--) {
            if (connected.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return true;
            }
            if (!ensemble.alive()) {
                return false;
            }
        }
        return false;
    }

    private void received(WatchedEvent event, CountDownLatch connected) {
        if (event.getType() != Watcher.Event.EventType.None) {
            listener.changed(event.getPath(), event.getZxid());
            return;
        }
        listener.interrupted();
        if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
            connected.countDown();
        }
    }

    private static void closeSession(ZooKeeper current) {
        if (current == null) {
            return;
        }
        try {
            current.close(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static SkepException unavailable(String reason, Throwable cause) {
        return new SkepException(
                ErrorCode.CATALOGUE_UNAVAILABLE, "Cannot reach the catalogue: " + reason, cause);
    }

    private SkepException lost(KeeperException cause) {
        String reason = cause.code().name().toLowerCase(Locale.ROOT);
        return unavailable(ensemble.fault().orElse(reason), cause);
    }

    /** Whether the failure leaves open what the server did. */
    static boolean connectionLost(Code code) {
        return switch (code) {
            case CONNECTIONLOSS, SESSIONEXPIRED, OPERATIONTIMEOUT, SESSIONMOVED, SYSTEMERROR ->
                    true;
            default -> false;
        };
    }

    /** A call that may fail as ZooKeeper's calls do. */
    @FunctionalInterface
    interface Call<T> {
        /** Makes the call. */
        T in(ZooKeeper session) throws KeeperException, InterruptedException;
    }

    /**
     * Makes a call once.
     *
     * @throws KeeperException as the server answered, a lost connection excepted
     * @throws SkepException CATALOGUE_UNAVAILABLE
     */
    <T> T write(Call<T> call) throws KeeperException {
        try {
            return call.in(session());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted", e);
        } catch (KeeperException e) {
            if (connectionLost(e.code())) {
                throw lost(e);
            }
            throw e;
        }
    }

    private <T> T read(Call<T> call) throws KeeperException {
        for (int attempt = 1; ; attempt++) {
            try {
                return write(call);
            } catch (SkepException e) {
                if (!worthAnother(e, attempt)) {
                    throw e;
                }
            }
        }
    }

    private boolean worthAnother(SkepException failure, int attempt) {
        return attempt < READ_ATTEMPTS
                && !closed
                && failure.getCause() instanceof KeeperException cause
                && connectionLost(cause.code());
    }

    /** What is at {@code path}, if anything is. */
    Optional<Node> get(String path) {
        try {
            return Optional.of(
                    read(
                            zooKeeper -> {
                                Stat stat = new Stat();
                                return new Node(zooKeeper.getData(path, false, stat), stat);
                            }));
        } catch (KeeperException.NoNodeException e) {
            return Optional.empty();
        } catch (KeeperException e) {
            throw unexpected(path, e);
        }
    }

    /** The names of the nodes below {@code path}; empty if it is not there. */
    Optional<List<String>> children(String path) {
        try {
            return Optional.of(read(zooKeeper -> zooKeeper.getChildren(path, false)));
        } catch (KeeperException.NoNodeException e) {
            return Optional.empty();
        } catch (KeeperException e) {
            throw unexpected(path, e);
        }
    }

    /** What is at each of the paths, null where nothing is; all requests are under way at once. */
    List<Node> getAll(List<String> paths) {
        Node[] nodes = new Node[paths.size()];
        readEach(
                paths.size(),
                (zooKeeper, index, done) ->
                        zooKeeper.getData(
                                paths.get(index),
                                false,
                                (code, path, context, data, stat) -> {
                                    if (code == Code.OK.intValue()) {
                                        nodes[index] = new Node(data, stat);
                                    }
                                    done.with(code, Code.NONODE);
                                },
                                null));
        return Arrays.asList(nodes);
    }

    /** The names below each of the paths, empty where nothing is. */
    List<List<String>> childrenOfAll(List<String> paths) {
        List<List<String>> names = new ArrayList<>();
        paths.forEach(path -> names.add(List.of()));
        readEach(
                paths.size(),
                (zooKeeper, index, done) ->
                        zooKeeper.getChildren(
                                paths.get(index),
                                false,
                                (code, path, context, children) -> {
                                    if (code == Code.OK.intValue()) {
                                        synchronized (names) {
                                            names.set(index, children);
                                        }
                                    }
                                    done.with(code, Code.NONODE);
                                },
                                null));
        return names;
    }

    /** A node to be made. Nobody changes the bytes. */
    static final class NewNode {
        private final String path;
        private final byte[] data;

        NewNode(String path, byte[] data) {
            this.path = path;
            this.data = data;
        }

        /** Where. */
        String path() {
            return path;
        }

        /** Its content. */
        byte[] data() {
            return data;
        }
    }

    /**
     * Makes nodes in the given order and returns when all are durable.
     *
     * @return for each whether it was made now; false if it was there before
     */
    boolean[] createAll(List<NewNode> nodes) {
        boolean[] made = new boolean[nodes.size()];
        each(
                nodes.size(),
                (zooKeeper, index, done) ->
                        zooKeeper.create(
                                nodes.get(index).path(),
                                nodes.get(index).data(),
                                acl(),
                                CreateMode.PERSISTENT,
                                (code, path, context, name) -> {
                                    made[index] = code == Code.OK.intValue();
                                    done.with(code, Code.NODEEXISTS);
                                },
                                null));
        return made;
    }

    /** A node to be deleted if it still has this version; -1 for any. */
    record OldNode(String path, int version) {}

    /** Deletes nodes; those that are gone, changed or have children are left alone. */
    void deleteAll(List<OldNode> nodes) {
        each(
                nodes.size(),
                (zooKeeper, index, done) ->
                        zooKeeper.delete(
                                nodes.get(index).path(),
                                nodes.get(index).version(),
                                (code, path, context) ->
                                        done.with(
                                                code, Code.NONODE, Code.BADVERSION, Code.NOTEMPTY),
                                null));
    }

    /** Several writes, all or none. */
    List<OpResult> multi(List<Op> operations) throws KeeperException {
        return write(zooKeeper -> zooKeeper.multi(operations));
    }

    /** Takes the result of an asynchronous request. */
    private interface Done {
        void with(int code, Code... tolerated);
    }

    private interface Request {
        void send(ZooKeeper zooKeeper, int index, Done done);
    }

    private void readEach(int count, Request request) {
        for (int attempt = 1; ; attempt++) {
            try {
                each(count, request);
                return;
            } catch (SkepException e) {
                if (!worthAnother(e, attempt)) {
                    throw e;
                }
            }
        }
    }

    private void each(int count, Request request) {
        if (count == 0) {
            return;
        }
        ZooKeeper zooKeeper = session();
        Semaphore slots = new Semaphore(IN_FLIGHT);
        AtomicReference<Code> failure = new AtomicReference<>();
        Done done =
                (code, tolerated) -> {
                    Code answer = Code.get(code);
                    if (answer != Code.OK && !Arrays.asList(tolerated).contains(answer)) {
                        failure.compareAndSet(null, answer);
                    }
                    slots.release();
                };
        try {
            for (int i = 0; i < count && failure.get() == null; i++) {
                slots.acquire();
                request.send(zooKeeper, i, done);
            }
            slots.acquire(IN_FLIGHT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted", e);
        }
        Code code = failure.get();
        if (code != null) {
            KeeperException cause = KeeperException.create(code);
            throw connectionLost(code) ? lost(cause) : unexpected("", cause);
        }
    }

    /** An answer that cannot come unless someone else changes our nodes. */
    static SkepException unexpected(String path, KeeperException cause) {
        return unavailable(cause.getMessage() + " " + path, cause);
    }

    @Override
    public void close() {
        ZooKeeper current;
        synchronized (opening) {
            closed = true;
            current = session;
            session = null;
        }
        if (ensemble.embedded() && current != null) {
            // ZooKeeper's client sleeps before it ends; our server knows when the session is gone.
            THREADS.newThread(() -> closeSession(current)).start();
        } else {
            closeSession(current);
        }
    }
}
