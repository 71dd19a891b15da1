package org.skep.columnar.parquet;

import java.util.Locale;
import java.util.Map;
import org.apache.parquet.format.CompressionCodec;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * How a table wants its files written, by Hive's and parquet-java's property names, and the buffers
 * that its columns share. Confined to one thread.
 */
final class WriteOptions {
    private static final long ROW_GROUP_BYTES = 128L << 20;

    private final CompressionCodec codec;
    private final long rowGroupBytes;
    private final boolean dictionary;
    private final boolean version2;
    private final ByteSink scratch = new ByteSink(1 << 16);
    private final ByteSink packed = new ByteSink(1 << 16);

    private WriteOptions(
            CompressionCodec codec, long rowGroupBytes, boolean dictionary, boolean version2) {
        this.codec = codec;
        this.rowGroupBytes = rowGroupBytes;
        this.dictionary = dictionary;
        this.version2 = version2;
    }

    static WriteOptions of(Map<String, String> properties) {
        String codec = properties.getOrDefault("parquet.compression", "SNAPPY");
        String version = properties.getOrDefault("parquet.writer.version", "v1");
        boolean version2 =
                switch (version.toLowerCase(Locale.ROOT)) {
                    case "v1", "parquet_1_0" -> false;
                    case "v2", "parquet_2_0" -> true;
                    default ->
                            throw new SkepException(
                                    ErrorCode.INVALID_OPTION,
                                    "parquet.writer.version must be v1 or v2: " + version);
                };
        boolean dictionary =
                Boolean.parseBoolean(properties.getOrDefault("parquet.enable.dictionary", "true"));
        return new WriteOptions(
                Compressor.named(codec), blockSize(properties), dictionary, version2);
    }

    private static long blockSize(Map<String, String> properties) {
        String text = properties.get("parquet.block.size");
        if (text == null) {
            return ROW_GROUP_BYTES;
        }
        try {
            long bytes = Long.parseLong(text.trim());
            if (bytes > 0) {
                return bytes;
            }
        } catch (NumberFormatException e) {
            throw new SkepException(
                    ErrorCode.INVALID_OPTION,
                    "parquet.block.size must be a number of bytes: " + text,
                    e);
        }
        throw new SkepException(
                ErrorCode.INVALID_OPTION, "parquet.block.size must be positive: " + text);
    }

    CompressionCodec codec() {
        return codec;
    }

    long rowGroupBytes() {
        return rowGroupBytes;
    }

    boolean dictionary() {
        return dictionary;
    }

    /** Whether data pages are of version 2. */
    boolean version2() {
        return version2;
    }

    /** A buffer for a page before it is packed; of use to one page at a time. */
    ByteSink scratch() {
        return scratch;
    }

    /** A buffer for a page once it is packed; of use to one page at a time. */
    ByteSink packed() {
        return packed;
    }
}
