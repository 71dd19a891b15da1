package org.skep.lsm.hfile;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A gzip stream (RFC 1952) for each block. Confined to one thread. */
final class GzipCodec implements Codec {
    private static final int HEADER = 10;
    private static final int TRAILER = 8;

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();

    @Override
    public void compress(byte[] source, int offset, int length, ByteSink target) {
        target.putInt(0x1f8b0800);
        target.putInt(0);
        target.putShort(0);
        deflater.reset();
        deflater.setInput(source, offset, length);
        deflater.finish();
        while (!deflater.finished()) {
            target.reserve(1024);
            int room = target.array().length - target.length();
            int written = deflater.deflate(target.array(), target.length(), room);
            target.length(target.length() + written);
        }
        crc.reset();
        crc.update(source, offset, length);
        target.putInt(Integer.reverseBytes((int) crc.getValue()));
        target.putInt(Integer.reverseBytes(length));
    }

    @Override
    public void decompress(byte[] source, int offset, int length, byte[] target, int rawLength)
            throws DataFormatException {
        int body = body(source, offset, length);
        inflater.reset();
        inflater.setInput(source, body, offset + length - body);
        int filled = 0;
        while (filled < rawLength) {
            int more = inflater.inflate(target, filled, rawLength - filled);
            if (more == 0) {
                throw new DataFormatException("%d bytes of %d".formatted(filled, rawLength));
            }
            filled += more;
        }
    }

    // Where the deflated bytes begin.
    private static int body(byte[] source, int offset, int length) throws DataFormatException {
        if (length < HEADER + TRAILER
                || (source[offset] & 0xff) != 0x1f
                || (source[offset + 1] & 0xff) != 0x8b
                || source[offset + 2] != 8) {
            throw new DataFormatException("no gzip header");
        }
        int flags = source[offset + 3];
        int at = offset + HEADER;
        int end = offset + length - TRAILER;
        if ((flags & 4) != 0) {
            at += 2 + ((source[at] & 0xff) | (source[at + 1] & 0xff) << 8);
        }
        for (int text = Integer.bitCount(flags & 0x18); text > 0; text--) {
            while (at < end && source[at] != 0) {
                at++;
            }
            at++;
        }
        if ((flags & 2) != 0) {
            at += 2;
        }
        if (at > end) {
            throw new DataFormatException("no gzip body");
        }
        return at;
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }
}
