package org.skep.lsm.hfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import org.xerial.snappy.Snappy;

/**
 * Snappy in the frame of Hadoop's block codecs: {@code int raw length}, then for each piece {@code
 * int length | raw snappy}, until the raw length is reached; again until the end. Confined to one
 * thread.
 */
final class SnappyCodec implements Codec {
    // Hadoop's buffers hold 256 KB; every piece must fit into them.
    private static final int PIECE = 128 << 10;

    @Override
    public void compress(byte[] source, int offset, int length, ByteSink target) {
        target.putInt(length);
        for (int done = 0; done < length; done += PIECE) {
            int piece = Math.min(PIECE, length - done);
            target.putInt(0);
            int from = target.length();
            target.reserve(Snappy.maxCompressedLength(piece));
            try {
                int size = Snappy.compress(source, offset + done, piece, target.array(), from);
                target.buffer().putInt(from - Integer.BYTES, size);
                target.length(from + size);
            } catch (IOException e) {
                throw new IllegalStateException("Snappy failed", e);
            }
        }
    }

    @Override
    public void decompress(byte[] source, int offset, int length, byte[] target, int rawLength)
            throws DataFormatException {
        ByteBuffer in = ByteBuffer.wrap(source, offset, length);
        int filled = 0;
        int frameEnd = 0;
        while (filled < rawLength) {
            if (in.remaining() < Integer.BYTES) {
                throw new DataFormatException("%d bytes of %d".formatted(filled, rawLength));
            }
            int number = in.getInt();
            if (filled == frameEnd) {
                frameEnd = filled + number;
                if (number < 0 || frameEnd > rawLength) {
                    throw new DataFormatException("frame of %d bytes".formatted(number));
                }
                continue;
            }
            filled += piece(source, in, number, target, filled, frameEnd);
        }
    }

    private static int piece(
            byte[] source, ByteBuffer in, int size, byte[] target, int filled, int frameEnd)
            throws DataFormatException {
        if (size < 1 || size > in.remaining()) {
            throw new DataFormatException("piece of %d bytes".formatted(size));
        }
        try {
            int raw = Snappy.uncompressedLength(source, in.position(), size);
            if (raw < 1 || raw > frameEnd - filled) {
                throw new DataFormatException("piece of %d raw bytes".formatted(raw));
            }
            Snappy.uncompress(source, in.position(), size, target, filled);
            in.position(in.position() + size);
            return raw;
        } catch (IOException e) {
            throw new DataFormatException(e.getMessage());
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
