package org.skep.columnar.parquet;

/** The integers of a page. Confined to one thread. */
interface LongSource {
    /** Begins a page's values. */
    void open(byte[] data, int from, int to);

    /** Decodes the next values. */
    void read(long[] out, int at, int count);

    /** Passes over the next values. */
    void skip(int count);
}
