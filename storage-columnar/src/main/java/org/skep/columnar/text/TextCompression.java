package org.skep.columnar.text;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/** How a text file is compressed, by the ending of its name. */
enum TextCompression {
    NONE(""),
    GZIP(".gz"),
    DEFLATE(".deflate"),
    ZSTD(".zst"),
    SNAPPY(".snappy"),
    BZIP2(".bz2"),
    LZ4(".lz4"),
    LZO(".lzo");

    private final String extension;

    TextCompression(String extension) {
        this.extension = extension;
    }

    /** That of a file. */
    static TextCompression of(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        for (TextCompression compression : values()) {
            if (compression != NONE && name.endsWith(compression.extension)) {
                return compression;
            }
        }
        return NONE;
    }

    /** The content behind the file's bytes. */
    InputStream decompress(String path, InputStream compressed) throws IOException {
        return switch (this) {
            case NONE -> compressed;
            case GZIP -> new GZIPInputStream(compressed, 32 << 10);
            case DEFLATE -> new InflaterInputStream(compressed);
            case ZSTD -> new ZstdInputStream(compressed).setContinuous(false);
            case SNAPPY -> new HadoopSnappyStream(compressed);
            case BZIP2, LZ4, LZO ->
                    throw new SkepException(
                            ErrorCode.NOT_SUPPORTED,
                            "Cannot read text compressed as %s: %s".formatted(extension, path));
        };
    }
}
