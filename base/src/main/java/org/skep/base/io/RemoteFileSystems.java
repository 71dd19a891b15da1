package org.skep.base.io;

/**
 * File systems beyond the machine's disks, found by {@code ServiceLoader} when a location first
 * asks for one. An implementation has a constructor without arguments, which does nothing. Safe for
 * use by many threads.
 */
public interface RemoteFileSystems extends FileSystems {
    /** Whether locations of this scheme, such as {@code hdfs}, are found here. */
    boolean serves(String scheme);
}
