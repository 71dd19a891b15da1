package org.skep.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
}
