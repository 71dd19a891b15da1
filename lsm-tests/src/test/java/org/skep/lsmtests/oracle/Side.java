package org.skep.lsmtests.oracle;

import java.io.IOException;
import java.util.List;

/** A store under test: ours or HBase's. Confined to one thread. */
interface Side extends AutoCloseable {
    /** A scan in progress. */
    interface Reading extends AutoCloseable {
        /** The next rows, or parts of rows; fewer at the end. */
        List<String> read(int rows) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Applies a step that changes something; what it answered. */
    String apply(Step step) throws IOException;

    /** Answers at once. */
    List<String> ask(Question question) throws IOException;

    /** Begins a scan. */
    Reading begin(Question question) throws IOException;

    @Override
    void close() throws IOException;
}
