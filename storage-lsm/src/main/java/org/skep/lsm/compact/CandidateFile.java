package org.skep.lsm.compact;

/**
 * What the choice needs to know of a file. Immutable.
 *
 * @param bytes its length, or that of the part which belongs to the region
 * @param reference whether only a part of it belongs to the region: such files go first
 * @param bulkLoaded whether it was loaded, not flushed
 * @param major whether it is the outcome of joining all files
 * @param minTimestamp the least timestamp of its cells
 * @param maxTimestamp the greatest timestamp of its cells
 * @param createdMillis when it was written, milliseconds since 1970
 * @param busy whether it is being joined already
 */
public record CandidateFile(
        long bytes,
        boolean reference,
        boolean bulkLoaded,
        boolean major,
        long minTimestamp,
        long maxTimestamp,
        long createdMillis,
        boolean busy) {}
