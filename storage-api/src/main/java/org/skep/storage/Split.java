package org.skep.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.skep.base.io.FileStatus;
import org.skep.types.Datum;

/**
 * A piece of a table that one task reads, made at planning and never by listing in a task.
 * Immutable.
 *
 * @param path the file
 * @param offset where the piece begins; a record belongs to the piece in which it begins
 * @param length bytes in the piece
 * @param fileLength the file's length at planning
 * @param modifiedMillis the file's modification time at planning
 * @param partitionValues the values of the partition columns, in their order
 * @param rowCount rows in it if known, else -1
 * @param hosts where it is near
 * @param remotelyReadable whether another machine can read it
 */
public record Split(
        String path,
        long offset,
        long length,
        long fileLength,
        long modifiedMillis,
        List<Datum> partitionValues,
        long rowCount,
        List<String> hosts,
        boolean remotelyReadable) {
    /** Copies the lists. */
    public Split {
        partitionValues = Collections.unmodifiableList(new ArrayList<>(partitionValues));
        hosts = List.copyOf(hosts);
    }

    /** The piece of a file from one offset to another; a path with a scheme is no local one. */
    public static Split of(
            FileStatus file, long from, long to, List<Datum> partitionValues, long rowCount) {
        return new Split(
                file.path(),
                from,
                to - from,
                file.length(),
                file.modifiedMillis(),
                partitionValues,
                rowCount,
                List.of(),
                isRemote(file.path()));
    }

    private static boolean isRemote(String path) {
        return !path.startsWith("/") && !path.startsWith("file:");
    }
}
