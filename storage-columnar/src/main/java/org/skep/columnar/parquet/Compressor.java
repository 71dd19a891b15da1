package org.skep.columnar.parquet;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.apache.parquet.format.CompressionCodec;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.xerial.snappy.Snappy;

/** Packs pages with the codec of a file. Confined to one thread; to be closed. */
final class Compressor implements AutoCloseable {
    private static final int ZSTD_LEVEL = 3;
    // magic, deflate, no flags, no time, no extra flags, unknown system
    private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255};

    private final CompressionCodec codec;
    private final ZstdCompressCtx zstd;
    private final Deflater deflater;

    Compressor(CompressionCodec codec) {
        this.codec = codec;
        zstd = codec == CompressionCodec.ZSTD ? new ZstdCompressCtx() : null;
        if (zstd != null) {
            zstd.setLevel(ZSTD_LEVEL);
        }
        deflater = codec == CompressionCodec.GZIP ? new Deflater(6, true) : null;
    }

    /** The codec that Hive's property {@code parquet.compression} names. */
    static CompressionCodec named(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "UNCOMPRESSED", "NONE" -> CompressionCodec.UNCOMPRESSED;
            case "SNAPPY" -> CompressionCodec.SNAPPY;
            case "GZIP" -> CompressionCodec.GZIP;
            case "ZSTD" -> CompressionCodec.ZSTD;
            default ->
                    throw new SkepException(
                            ErrorCode.INVALID_OPTION,
                            "parquet.compression must be UNCOMPRESSED, SNAPPY, GZIP or ZSTD: "
                                    + name);
        };
    }

    CompressionCodec codec() {
        return codec;
    }

    /** Appends the packed form of some bytes to a sink. */
    void pack(byte[] source, int from, int length, ByteSink out) {
        switch (codec) {
            case UNCOMPRESSED -> out.write(source, from, length);
            case SNAPPY -> snappy(source, from, length, out);
            case ZSTD -> {
                int most = Math.toIntExact(com.github.luben.zstd.Zstd.compressBound(length));
                int start = out.reserve(most);
                int packed = zstd.compressByteArray(out.data(), start, most, source, from, length);
                out.truncate(start + packed);
            }
            case GZIP -> gzip(source, from, length, out);
            case LZO, BROTLI, LZ4, LZ4_RAW -> throw new IllegalStateException(codec.name());
        }
    }

    private static void snappy(byte[] source, int from, int length, ByteSink out) {
        int start = out.reserve(Snappy.maxCompressedLength(length));
        try {
            out.truncate(start + Snappy.compress(source, from, length, out.data(), start));
        } catch (IOException e) {
            throw new SkepException(
                    ErrorCode.INTERNAL, "Cannot compress page: " + e.getMessage(), e);
        }
    }

    private void gzip(byte[] source, int from, int length, ByteSink out) {
        out.write(GZIP_HEADER, 0, GZIP_HEADER.length);
        deflater.reset();
        deflater.setInput(source, from, length);
        deflater.finish();
        while (!deflater.finished()) {
            int step = 8 << 10;
            int start = out.reserve(step);
            out.truncate(start + deflater.deflate(out.data(), start, step));
        }
        CRC32 crc = new CRC32();
        crc.update(source, from, length);
        out.writeInt((int) crc.getValue());
        out.writeInt(length);
    }

    @Override
    public void close() {
        if (zstd != null) {
            zstd.close();
        }
        if (deflater != null) {
            deflater.end();
        }
    }
}
