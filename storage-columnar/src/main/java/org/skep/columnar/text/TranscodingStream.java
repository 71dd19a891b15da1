package org.skep.columnar.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text of another charset, read as UTF-8. Confined to one thread. */
final class TranscodingStream extends InputStream {
    private final Reader reader;
    private final CharsetEncoder encoder =
            StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final CharBuffer characters = CharBuffer.allocate(16 << 10);
    private final ByteBuffer bytes = ByteBuffer.allocate(64 << 10);
    private boolean ended;

    TranscodingStream(InputStream encoded, Charset charset) {
        reader = new InputStreamReader(encoded, charset);
        bytes.flip();
    }

    @Override
    public int read() throws IOException {
        return fill() ? bytes.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, bytes.remaining());
        bytes.get(target, offset, count);
        return count;
    }

    private boolean fill() throws IOException {
        while (!bytes.hasRemaining()) {
            if (ended) {
                return false;
            }
            ended = reader.read(characters) < 0;
            characters.flip();
            bytes.clear();
            encoder.encode(characters, bytes, ended);
            bytes.flip();
            characters.compact();
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
