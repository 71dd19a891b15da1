package org.skep.shell.print;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Buffered UTF-8 text towards a stream. Confined to one thread. */
public final class Output {
    private static final int BUFFER = 1 << 16;

    private final OutputStream stream;
    private final byte[] buffer = new byte[BUFFER];
    private int used;

    /** Output to {@code stream}, which is never closed. */
    public Output(OutputStream stream) {
        this.stream = stream;
    }

    /**
     * Adds text.
     *
     * @throws OutputException if the stream fails
     */
    public void print(String text) {
        if (text.length() > BUFFER / 4) {
            write(text.getBytes(StandardCharsets.UTF_8));
            return;
        }
        int length = text.length();
        if (used + 3 * length > BUFFER) {
            push();
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                write(text.substring(i).getBytes(StandardCharsets.UTF_8));
                return;
            }
            buffer[used++] = (byte) c;
        }
    }

    /**
     * Adds a character below 128.
     *
     * @throws OutputException if the stream fails
     */
    public void print(char c) {
        if (used == BUFFER) {
            push();
        }
        buffer[used++] = (byte) c;
    }

    private void write(byte[] bytes) {
        if (used + bytes.length > BUFFER) {
            push();
        }
        if (bytes.length > BUFFER) {
            try {
                stream.write(bytes);
            } catch (IOException e) {
                throw new OutputException(e);
            }
            return;
        }
        System.arraycopy(bytes, 0, buffer, used, bytes.length);
        used += bytes.length;
    }

    /**
     * Hands everything on.
     *
     * @throws OutputException if the stream fails
     */
    public void flush() {
        push();
        try {
            stream.flush();
        } catch (IOException e) {
            throw new OutputException(e);
        }
    }

    private void push() {
        int count = used;
        used = 0;
        try {
            stream.write(buffer, 0, count);
        } catch (IOException e) {
            throw new OutputException(e);
        }
    }
}
