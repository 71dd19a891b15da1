package org.skep.lsmtests.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A store in the race. Rows have one value in variant A and ten fields in variant B; a store keeps
 * fields as its users would: the region store and HBase in a cell each, RocksDB all in one value,
 * as YCSB's binding for it does. ROCKSDB_CELLS has a key for each field instead. Safe for use by
 * many threads but for open and close.
 */
interface Peer extends AutoCloseable {
    /** Whether a write is waited for until it is on the disk. */
    enum Sync {
        /** It is: fsync before the answer. */
        FSYNC,
        /** It is not: logged, lost in a power cut at most. */
        NONE
    }

    /** The stores by the names under which they are asked for. */
    enum Kind {
        SKEP,
        ROCKSDB,
        ROCKSDB_CELLS,
        HBASE_REGION,
        HBASE_CLIENT;

        Peer make() {
            return switch (this) {
                case SKEP -> new SkepPeer(false);
                case ROCKSDB -> new RocksPeer(false);
                case ROCKSDB_CELLS -> new RocksPeer(true);
                case HBASE_REGION -> new HBaseRegionPeer();
                case HBASE_CLIENT -> new HBaseClientPeer();
            };
        }

        String text() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        static List<Kind> parse(String text) {
            return Arrays.stream(text.split(",", -1))
                    .map(name -> valueOf(name.toUpperCase(java.util.Locale.ROOT).replace('-', '_')))
                    .collect(Collectors.toList());
        }
    }

    /** Opens the store in a directory that is empty, or that the same store has left behind. */
    void open(Path directory, int fields) throws Exception;

    /** Writes one row. */
    void put(byte[] row, byte[][] fields, Sync sync) throws Exception;

    /** Writes many rows at once, not waiting for the disk. */
    void putAll(List<byte[]> rows, List<byte[][]> fields) throws Exception;

    /** Reads a row; returns how many bytes its values have, 0 if it is not there. */
    int get(byte[] row) throws Exception;

    /**
     * Reads rows from {@code start} on, at most {@code limit}, touching every value; returns how
     * many there were.
     */
    long scan(byte[] start, long limit) throws Exception;

    /** Writes what is in memory to files. */
    void flush() throws Exception;

    /** Merges all files into one. */
    void compact() throws Exception;

    /**
     * Begins what the store would do by itself only later, such as splitting what has grown: it is
     * part of the costs of the phase that made it necessary, not of the next one.
     */
    default void doDueWork() throws Exception {}

    /** Processor time in nanoseconds that the store used outside this process so far. */
    default long foreignCpuNanos() {
        return 0;
    }

    /** Bytes that the store wrote outside this process so far. */
    default long foreignWrittenBytes() {
        return 0;
    }

    /** Bytes of memory that the store holds outside this process. */
    default long foreignResidentBytes() {
        return 0;
    }

    @Override
    void close() throws java.io.IOException;
}
