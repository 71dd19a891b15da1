package org.skep.columnar.parquet;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/**
 * Unpacks pages of all codecs into buffers of the caller. Confined to one thread; to be closed,
 * since some codecs hold memory outside the heap.
 */
final class Decompressor implements AutoCloseable {
    private ZstdDecompressCtx zstd;
    private Inflater inflater;

    /** Whether pages of this codec can be read. */
    static boolean supports(CompressionCodec codec) {
        return switch (codec) {
            case UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW -> true;
            case LZO, BROTLI, LZ4 -> false;
        };
    }

    /**
     * Unpacks {@code length} bytes of {@code source} from {@code from} on.
     *
     * @return how many bytes came out, at most {@code room}, or -1 if the bytes are malformed or do
     *     not fit
     */
    int unpack(
            CompressionCodec codec,
            byte[] source,
            int from,
            int length,
            byte[] target,
            int at,
            int room) {
        return switch (codec) {
            case SNAPPY -> snappy(source, from, length, target, at, room);
            case ZSTD -> zstd(source, from, length, target, at, room);
            case GZIP -> gzip(source, from, length, target, at, room);
            case LZ4_RAW -> lz4(source, from, length, target, at, room);
            case UNCOMPRESSED, LZO, BROTLI, LZ4 -> throw new IllegalArgumentException(codec.name());
        };
    }

    private static int snappy(
            byte[] source, int from, int length, byte[] target, int at, int room) {
        try {
            // The native code trusts the length that the bytes begin with.
            int unpacked = Snappy.uncompressedLength(source, from, length);
            if (unpacked < 0 || unpacked > room) {
                return -1;
            }
            return Snappy.uncompress(source, from, length, target, at);
        } catch (IOException e) {
            return -1;
        }
    }

    private int zstd(byte[] source, int from, int length, byte[] target, int at, int room) {
        if (zstd == null) {
            zstd = new ZstdDecompressCtx();
        }
        try {
            return zstd.decompressByteArray(target, at, room, source, from, length);
        } catch (ZstdException e) {
            return -1;
        }
    }

    private int gzip(byte[] source, int from, int length, byte[] target, int at, int room) {
        if (inflater == null) {
            inflater = new Inflater(true);
        }
        int position = from;
        int end = from + length;
        int written = 0;
        try {
            while (position < end) {
                int body = gzipBody(source, position, end);
                if (body < 0) {
                    return -1;
                }
                inflater.reset();
                inflater.setInput(source, body, end - body);
                while (!inflater.finished()) {
                    int count = inflater.inflate(target, at + written, room - written);
                    written += count;
                    if (count == 0 && !inflater.finished()) {
                        return -1;
                    }
                }
                // after the member come its checksum and length, four bytes each
                position = end - inflater.getRemaining() + 8;
            }
            return written;
        } catch (DataFormatException e) {
            return -1;
        }
    }

    private static int gzipBody(byte[] source, int from, int end) {
        if (end - from < 18 || source[from] != 0x1f || (source[from + 1] & 0xff) != 0x8b) {
            return -1;
        }
        int flags = source[from + 3];
        int at = from + 10;
        if ((flags & 4) != 0) {
            at += 2 + (source[at] & 0xff) + ((source[at + 1] & 0xff) << 8);
        }
        for (int zeroEnded = flags & (8 | 16); zeroEnded != 0; zeroEnded &= zeroEnded - 1) {
            while (at < end && source[at] != 0) {
                at++;
            }
            at++;
        }
        if ((flags & 2) != 0) {
            at += 2;
        }
        return at > end ? -1 : at;
    }

    /** One block: sequences of literals and of copies of what was written before. */
    private static int lz4(byte[] source, int from, int length, byte[] target, int at, int room) {
        int in = from;
        int inEnd = from + length;
        int out = at;
        int outEnd = at + room;
        while (in < inEnd) {
            int token = source[in++] & 0xff;
            int literals = token >>> 4;
            if (literals == 15) {
                int more = 255;
                while (more == 255) {
                    if (in >= inEnd || literals > room) {
                        return -1;
                    }
                    more = source[in++] & 0xff;
                    literals += more;
                }
            }
            if (literals > inEnd - in || literals > outEnd - out) {
                return -1;
            }
            System.arraycopy(source, in, target, out, literals);
            in += literals;
            out += literals;
            if (in == inEnd) {
                return out - at;
            }
            if (inEnd - in < 2) {
                return -1;
            }
            int distance = (source[in] & 0xff) | (source[in + 1] & 0xff) << 8;
            in += 2;
            int copied = (token & 15) + 4;
            if ((token & 15) == 15) {
                int more = 255;
                while (more == 255) {
                    if (in >= inEnd || copied > room) {
                        return -1;
                    }
                    more = source[in++] & 0xff;
                    copied += more;
                }
            }
            if (distance == 0 || distance > out - at || copied > outEnd - out) {
                return -1;
            }
            // The runs may overlap, then the copy repeats what it has just written.
            for (int i = 0; i < copied; i++) {
                target[out] = target[out - distance];
                out++;
            }
        }
        return out - at;
    }

    @Override
    public void close() {
        if (zstd != null) {
            zstd.close();
            zstd = null;
        }
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }
}
