package org.skep.shell.print;

import java.io.IOException;

/** Results cannot be written: the reader has gone, or the disk is full. */
public final class OutputException extends RuntimeException {
    OutputException(IOException cause) {
        super(cause.getMessage(), cause);
    }

    /** Whether nobody reads any more, as after {@code | head}. */
    public boolean readerIsGone() {
        String message = String.valueOf(getMessage());
        return message.contains("Broken pipe") || message.contains("Stream closed");
    }
}
