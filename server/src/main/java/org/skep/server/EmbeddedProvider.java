package org.skep.server;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.time.Clock;
import org.skep.engine.Warehouse;
import org.skep.rpc.EmbeddedServiceProvider;
import org.skep.rpc.HiveService;
import org.skep.rpc.HiveServiceException;

/**
 * Opens warehouses for drivers in this process. All services on one directory share its warehouse,
 * which is closed with the last of them. Safe for use by many threads.
 */
public final class EmbeddedProvider implements EmbeddedServiceProvider {
    // Guarded by itself; shared by all providers, since a process may open a directory only once.
    private static final Map<Path, Shared> OPEN = new HashMap<>();

    private static final class Shared {
        private final Warehouse warehouse;
        private int users;

        private Shared(Warehouse warehouse) {
            this.warehouse = warehouse;
        }
    }

    @Override
    public HiveService open(String path, Properties properties) throws HiveServiceException {
        try {
            Path key = canonical(path);
            synchronized (OPEN) {
                Shared shared = OPEN.get(key);
                if (shared == null) {
                    shared = new Shared(Warehouse.open(key));
                    OPEN.put(key, shared);
                }
                shared.users++;
                Shared used = shared;
                return new LocalHiveService(used.warehouse, () -> release(key, used), Clock.SYSTEM);
            }
        } catch (SkepException e) {
            throw ErrorWording.plain(e);
        }
    }

    private static void release(Path key, Shared shared) {
        synchronized (OPEN) {
            shared.users--;
            if (shared.users == 0) {
                OPEN.remove(key);
                shared.warehouse.close();
            }
        }
    }

    // A directory that does not exist yet has no real path; its nearest ancestor has.
    private static Path canonical(String path) {
        Path absolute;
        try {
            absolute = Path.of(path).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new SkepException(ErrorCode.INVALID_PATH, "Path is not valid: " + path, e);
        }
        Path existing = absolute;
        while (existing != null) {
            try {
                return existing.toRealPath().resolve(existing.relativize(absolute)).normalize();
            } catch (IOException e) {
                existing = existing.getParent();
            }
        }
        return absolute;
    }
}
