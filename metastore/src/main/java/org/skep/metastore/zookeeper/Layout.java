package org.skep.metastore.zookeeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.data.ACL;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.time.Clock;
import org.skep.metastore.Database;

/** Makes the nodes of an empty catalogue, or checks that those that are there can be read. */
final class Layout {
    /** The version of the whole layout. */
    static final int VERSION = 1;

    private final ZooKeeperClient client;
    private final Clock clock;

    Layout(ZooKeeperClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * Makes or checks the layout.
     *
     * @throws SkepException FORMAT_TOO_NEW
     */
    void prepare() {
        Optional<ZooKeeperClient.Node> format = client.get(NodePaths.FORMAT);
        if (format.isEmpty()) {
            create();
            return;
        }
        int found = ObjectCodec.format(NodePaths.FORMAT, format.get().data());
        if (found > VERSION) {
            throw new SkepException(
                    ErrorCode.FORMAT_TOO_NEW,
                    "Catalogue was written by a newer Skep: it has format %d, this Skep reads up to %d"
                            .formatted(found, VERSION));
        }
    }

    private void create() {
        List<ACL> acl = client.acl();
        try {
            if (client.embedded()) {
                protect(acl);
            } else {
                client.makeChroot();
            }
            List<Op> nodes = new ArrayList<>();
            for (String path :
                    List.of(
                            NodePaths.ROOT,
                            NodePaths.DATABASES,
                            NodePaths.TABLES,
                            NodePaths.DATA,
                            NodePaths.UNSWEPT,
                            NodePaths.JOURNALS)) {
                nodes.add(Op.create(path, new byte[0], acl, CreateMode.PERSISTENT));
            }
            Database standard =
                    Database.named(Database.DEFAULT, "public", clock.now())
                            .withComment("Default Hive database");
            nodes.add(
                    Op.create(
                            NodePaths.database(Database.DEFAULT),
                            ObjectCodec.database(standard),
                            acl,
                            CreateMode.PERSISTENT));
            nodes.add(
                    Op.create(
                            NodePaths.FORMAT,
                            ObjectCodec.format(VERSION),
                            acl,
                            CreateMode.PERSISTENT));
            client.multi(nodes);
        } catch (KeeperException.NodeExistsException e) {
            return; // another process was faster; the multi is all or nothing
        } catch (KeeperException e) {
            throw ZooKeeperClient.unexpected(NodePaths.ROOT, e);
        }
    }

    // In our own server everything but the directory of servers is for the owner alone.
    private void protect(List<ACL> acl) throws KeeperException {
        for (String path : List.of("/", "/zookeeper", "/zookeeper/quota")) {
            client.write(zooKeeper -> zooKeeper.setACL(path, acl, -1));
        }
        List<ACL> readable = new ArrayList<>(acl);
        readable.add(new ACL(Perms.READ, Ids.ANYONE_ID_UNSAFE));
        try {
            client.write(
                    zooKeeper ->
                            zooKeeper.create(
                                    NodePaths.SERVERS,
                                    new byte[0],
                                    readable,
                                    CreateMode.PERSISTENT));
        } catch (KeeperException.NodeExistsException e) {
            return; // a start before this one ended here
        }
    }
}
