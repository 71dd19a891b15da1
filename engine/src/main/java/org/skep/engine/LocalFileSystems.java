package org.skep.engine;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;
import org.skep.base.io.FileSystems;
import org.skep.base.io.LocalFileSystem;

/** The machine's disks alone. Stateless. */
final class LocalFileSystems implements FileSystems {
    @Override
    public FileSystem of(String location) {
        int colon = location.indexOf(':');
        boolean scheme = colon > 1 && location.indexOf('/') > colon;
        if (scheme && !location.startsWith("file:")) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED, "File system is not supported yet: " + location);
        }
        return LocalFileSystem.INSTANCE;
    }
}
