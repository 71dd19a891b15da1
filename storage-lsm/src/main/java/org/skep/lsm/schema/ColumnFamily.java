package org.skep.lsm.schema;

import java.nio.charset.StandardCharsets;

/**
 * A column family and its options; defaults are HBase's but for the block size and the encoding (16
 * KB and ROW_INDEX_V1 make a point read a binary search). Immutable.
 *
 * @param name printable, no colon, not beginning with a dot nor, as the files that list a region's
 *     files do, with {@code manifest.}
 * @param maxVersions how many versions of a column are kept (VERSIONS), from 1
 * @param minVersions how many are kept though expired (MIN_VERSIONS)
 * @param ttlMillis how long after its timestamp a cell lives (TTL); {@link #FOREVER} for no end
 * @param keepDeletedCells KEEP_DELETED_CELLS
 * @param newVersionBehavior whether deletes hide only what was written before them
 *     (NEW_VERSION_BEHAVIOR)
 * @param bloomType BLOOMFILTER
 * @param compression COMPRESSION
 * @param blockSize bytes of a block before compression (BLOCKSIZE)
 * @param encoding DATA_BLOCK_ENCODING
 * @param blockCache whether blocks read for this family are cached (BLOCKCACHE)
 */
public record ColumnFamily(
        String name,
        int maxVersions,
        int minVersions,
        long ttlMillis,
        KeepDeletedCells keepDeletedCells,
        boolean newVersionBehavior,
        BloomType bloomType,
        Compression compression,
        int blockSize,
        BlockEncoding encoding,
        boolean blockCache) {
    /** No time to live. */
    public static final long FOREVER = Long.MAX_VALUE;

    /** The default block size in bytes. */
    public static final int DEFAULT_BLOCK_SIZE = 16 << 10;

    public ColumnFamily {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0
                || bytes.length > Byte.MAX_VALUE
                || name.startsWith(".")
                || name.startsWith("manifest.")
                || name.indexOf(':') >= 0
                || name.indexOf('/') >= 0
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("Invalid column family name: " + name);
        }
        if (maxVersions < 1 || minVersions < 0 || minVersions > maxVersions) {
            throw new IllegalArgumentException(
                    "Invalid versions of family %s: %d to %d"
                            .formatted(name, minVersions, maxVersions));
        }
        if (ttlMillis < 1) {
            throw new IllegalArgumentException(
                    "TTL of family %s must be positive: %d".formatted(name, ttlMillis));
        }
        if (blockSize < 256 || blockSize > 16 << 20) {
            throw new IllegalArgumentException(
                    "Block size of family %s must be 256 bytes to 16 MB: %d"
                            .formatted(name, blockSize));
        }
    }

    /**
     * A family with the default options: one version, no time to live, row bloom, no compression.
     */
    public static ColumnFamily named(String name) {
        return new ColumnFamily(
                name,
                1,
                0,
                FOREVER,
                KeepDeletedCells.FALSE,
                false,
                BloomType.ROW,
                Compression.NONE,
                DEFAULT_BLOCK_SIZE,
                BlockEncoding.ROW_INDEX_V1,
                true);
    }

    /** The name's bytes as they stand in cells. */
    public byte[] nameBytes() {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /** The same with other VERSIONS. */
    public ColumnFamily withMaxVersions(int versions) {
        return new ColumnFamily(
                name,
                versions,
                minVersions,
                ttlMillis,
                keepDeletedCells,
                newVersionBehavior,
                bloomType,
                compression,
                blockSize,
                encoding,
                blockCache);
    }

    /** The same with other MIN_VERSIONS. */
    public ColumnFamily withMinVersions(int versions) {
        return new ColumnFamily(
                name,
                maxVersions,
                versions,
                ttlMillis,
                keepDeletedCells,
                newVersionBehavior,
                bloomType,
                compression,
                blockSize,
                encoding,
                blockCache);
    }

    /** The same with another TTL in milliseconds. */
    public ColumnFamily withTtlMillis(long millis) {
        return new ColumnFamily(
                name,
                maxVersions,
                minVersions,
                millis,
                keepDeletedCells,
                newVersionBehavior,
                bloomType,
                compression,
                blockSize,
                encoding,
                blockCache);
    }

    /** The same with other KEEP_DELETED_CELLS. */
    public ColumnFamily withKeepDeletedCells(KeepDeletedCells keep) {
        return new ColumnFamily(
                name,
                maxVersions,
                minVersions,
                ttlMillis,
                keep,
                newVersionBehavior,
                bloomType,
                compression,
                blockSize,
                encoding,
                blockCache);
    }

    /** The same with NEW_VERSION_BEHAVIOR on. */
    public ColumnFamily withNewVersionBehavior() {
        return new ColumnFamily(
                name,
                maxVersions,
                minVersions,
                ttlMillis,
                keepDeletedCells,
                true,
                bloomType,
                compression,
                blockSize,
                encoding,
                blockCache);
    }

    /** The same with another BLOOMFILTER. */
    public ColumnFamily withBloomType(BloomType bloom) {
        return new ColumnFamily(
                name,
                maxVersions,
                minVersions,
                ttlMillis,
                keepDeletedCells,
                newVersionBehavior,
                bloom,
                compression,
                blockSize,
                encoding,
                blockCache);
    }

    /** The same with another COMPRESSION. */
    public ColumnFamily withCompression(Compression other) {
        return new ColumnFamily(
                name,
                maxVersions,
                minVersions,
                ttlMillis,
                keepDeletedCells,
                newVersionBehavior,
                bloomType,
                other,
                blockSize,
                encoding,
                blockCache);
    }

    /** The same with another BLOCKSIZE in bytes. */
    public ColumnFamily withBlockSize(int bytes) {
        return new ColumnFamily(
                name,
                maxVersions,
                minVersions,
                ttlMillis,
                keepDeletedCells,
                newVersionBehavior,
                bloomType,
                compression,
                bytes,
                encoding,
                blockCache);
    }

    /** The same with another DATA_BLOCK_ENCODING. */
    public ColumnFamily withEncoding(BlockEncoding other) {
        return new ColumnFamily(
                name,
                maxVersions,
                minVersions,
                ttlMillis,
                keepDeletedCells,
                newVersionBehavior,
                bloomType,
                compression,
                blockSize,
                other,
                blockCache);
    }

    /** The same with BLOCKCACHE off. */
    public ColumnFamily withoutBlockCache() {
        return new ColumnFamily(
                name,
                maxVersions,
                minVersions,
                ttlMillis,
                keepDeletedCells,
                newVersionBehavior,
                bloomType,
                compression,
                blockSize,
                encoding,
                false);
    }
}
