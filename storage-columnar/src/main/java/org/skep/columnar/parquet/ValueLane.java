package org.skep.columnar.parquet;

import org.skep.types.vector.ColumnVector;

/**
 * Encodes the values of one leaf for one chunk: as indexes into a dictionary that grows, or
 * plainly; and keeps their bounds. Confined to one thread.
 */
abstract class ValueLane {
    /** Whether there is a dictionary at all. */
    abstract boolean hasDictionary();

    /** Looks up values that are not NULL, adding those that are new, and writes their indexes. */
    abstract void look(ColumnVector flat, int[] positions, int count, int[] ids, int at);

    /** Appends values that are not NULL plainly. */
    abstract void plain(ColumnVector flat, int[] positions, int count, ByteSink out);

    /** Appends plainly what indexes stand for. */
    abstract void plain(int[] ids, int count, ByteSink out);

    /** Ends the values of a page, for encodings that work across bytes. */
    void endPage(ByteSink out) {
        // most write whole bytes
    }

    /** Entries of the dictionary. */
    abstract int dictionarySize();

    /** Bytes of the dictionary when written plainly. */
    abstract int dictionaryBytes();

    /** Appends the dictionary's entries plainly. */
    abstract void dictionary(ByteSink out);

    /** Bytes that this many indexes would take if written plainly, about. */
    abstract long plainBytes(int[] ids, int count);

    /** The least value as statistics hold it, or null if there is none. */
    abstract byte[] min();

    /** The greatest value as statistics hold it, or null if there is none. */
    abstract byte[] max();

    /** How many values were NaN, or -1 for types that have none. */
    long nanCount() {
        return -1;
    }

    /** Bytes held, about. */
    abstract long retainedBytes();

    /** Forgets everything, for the next chunk. */
    abstract void reset();
}
