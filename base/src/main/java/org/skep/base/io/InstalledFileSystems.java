package org.skep.base.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * The machine's disks, and whatever {@link RemoteFileSystems} are on the class path; these are
 * looked for only when a location has a scheme of its own. Safe for use by many threads.
 */
public final class InstalledFileSystems implements FileSystems {
    private List<RemoteFileSystems> remote;

    @Override
    public FileSystem of(String location) {
        int colon = location.indexOf(':');
        boolean scheme = colon > 1 && location.indexOf('/') > colon;
        if (!scheme || location.startsWith("file:")) {
            return LocalFileSystem.INSTANCE;
        }
        String name = location.substring(0, colon).toLowerCase(Locale.ROOT);
        for (RemoteFileSystems each : remote()) {
            if (each.serves(name)) {
                return each.of(location);
            }
        }
        throw new SkepException(
                ErrorCode.NOT_SUPPORTED, "File system is not supported: " + location);
    }

    private synchronized List<RemoteFileSystems> remote() {
        if (remote == null) {
            List<RemoteFileSystems> found = new ArrayList<>();
            ServiceLoader.load(RemoteFileSystems.class, InstalledFileSystems.class.getClassLoader())
                    .forEach(found::add);
            remote = List.copyOf(found);
        }
        return remote;
    }
}
