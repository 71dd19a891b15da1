package org.skep.columnar.text;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.xerial.snappy.Snappy;

/**
 * Reads Snappy as Hadoop frames it: blocks, each the length of its content (4 bytes, big endian)
 * and chunks (4 bytes of length, then Snappy data) until the content is complete. Confined to one
 * thread.
 */
final class HadoopSnappyStream extends InputStream {
    private static final int MOST_BYTES = 256 << 20;

    private final DataInputStream in;
    private byte[] chunk = new byte[0];
    private int at;
    private int limit;
    private int leftInBlock;

    HadoopSnappyStream(InputStream compressed) {
        in = new DataInputStream(compressed);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (at == limit) {
            if (!nextChunk()) {
                return -1;
            }
        }
        int count = Math.min(length, limit - at);
        System.arraycopy(chunk, at, target, offset, count);
        at += count;
        return count;
    }

    private boolean nextChunk() throws IOException {
        if (leftInBlock == 0) {
            int first = in.read();
            if (first < 0) {
                return false;
            }
            leftInBlock = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
            checkLength(leftInBlock);
            return true;
        }
        int compressedLength = in.readInt();
        checkLength(compressedLength);
        byte[] compressed = in.readNBytes(compressedLength);
        if (compressed.length < compressedLength) {
            throw new EOFException("the last chunk is cut off");
        }
        limit = Snappy.uncompressedLength(compressed);
        checkLength(limit);
        if (limit > leftInBlock) {
            throw new IOException("a chunk is longer than its block");
        }
        if (chunk.length < limit) {
            chunk = new byte[limit];
        }
        Snappy.uncompress(compressed, 0, compressedLength, chunk, 0);
        at = 0;
        leftInBlock -= limit;
        return true;
    }

    private static void checkLength(int length) throws IOException {
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("a length is out of range: " + length);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
