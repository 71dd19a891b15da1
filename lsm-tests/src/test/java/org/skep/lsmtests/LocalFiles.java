package org.skep.lsmtests;

import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local disk for HBase. Hadoop's own starts a process for each file, to set its mode, and has a
 * second file for checksums. Safe for use by many threads.
 */
public final class LocalFiles extends LocalFileSystem {
    /** The same disk for everybody; made by Hadoop. */
    public LocalFiles() {
        super(new Files());
        setWriteChecksum(false);
        setVerifyChecksum(false);
    }

    private static final class Files extends RawLocalFileSystem {
        @Override
        public void setPermission(Path path, FsPermission permission) {
            // Files have the mode that they were made with.
        }
    }
}
