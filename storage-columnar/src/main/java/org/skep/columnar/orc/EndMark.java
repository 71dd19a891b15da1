package org.skep.columnar.orc;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.orc.impl.BufferChunk;

/** What follows the last byte of a stream: to read it is to read past the end. Immutable. */
final class EndMark extends BufferChunk {
    EndMark(long offset) {
        super(offset, 0);
    }

    @Override
    public boolean hasData() {
        return true;
    }

    @Override
    public ByteBuffer getData() {
        throw new UncheckedIOException(new EOFException("a stream ends too early"));
    }
}
