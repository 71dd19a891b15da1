package org.skep.rpc.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/**
 * Values that travel as text: STRING, CHAR, VARCHAR, DECIMAL, DATE, TIMESTAMP with and without
 * local time zone, intervals, nested values as JSON, and VOID. UTF-8 in one shared buffer.
 * Immutable, see {@link ColumnBlock}.
 */
public final class StringColumn extends BytesColumn {
    /**
     * Row {@code i} is the bytes from {@code offsets[i]} to {@code offsets[i + 1]}; the arrays
     * belong to the block from now on.
     */
    public StringColumn(byte[] utf8, int[] offsets, NullBitmap nulls) {
        super(utf8, offsets, nulls);
    }

    /** One row an element, NULL where the element is null. */
    public static StringColumn of(List<String> elements) {
        Builder builder = new Builder();
        elements.forEach(builder::add);
        return builder.build();
    }

    /** One row an element, NULL where the element is null. */
    public static StringColumn of(String... elements) {
        return of(Arrays.asList(elements));
    }

    /** A builder without rows. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public ColumnKind kind() {
        return ColumnKind.STRING;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.strings(this);
    }

    /** The text of a row that is not NULL: a new string on each call. */
    public String value(int row) {
        return new String(buffer(), start(row), length(row), UTF_8);
    }

    /** Builds a string column row by row. Confined to one thread. */
    public static final class Builder extends BytesBuilder {
        private Builder() {}

        /** Adds a row; NULL if {@code text} is null. */
        public Builder add(String text) {
            if (text == null) {
                addNull();
            } else {
                byte[] utf8 = text.getBytes(UTF_8);
                addBytes(utf8, 0, utf8.length);
            }
            return this;
        }

        /** Adds a row from UTF-8 bytes, which are copied. */
        public Builder add(byte[] utf8, int start, int length) {
            addBytes(utf8, start, length);
            return this;
        }

        /** Adds a NULL row. */
        public Builder addMissing() {
            addNull();
            return this;
        }

        /** The column of all rows added. */
        public StringColumn build() {
            return new StringColumn(finishedBuffer(), finishedOffsets(), finishedNulls());
        }
    }
}
