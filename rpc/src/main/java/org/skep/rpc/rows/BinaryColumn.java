package org.skep.rpc.rows;

import java.util.List;

/** Values of BINARY in one shared buffer. Immutable, see {@link ColumnBlock}. */
public final class BinaryColumn extends BytesColumn {
    /**
     * Row {@code i} is the bytes from {@code offsets[i]} to {@code offsets[i + 1]}; the arrays
     * belong to the block from now on.
     */
    public BinaryColumn(byte[] bytes, int[] offsets, NullBitmap nulls) {
        super(bytes, offsets, nulls);
    }

    /** One row an element, NULL where the element is null. */
    public static BinaryColumn of(List<byte[]> elements) {
        Builder builder = new Builder();
        for (byte[] element : elements) {
            if (element == null) {
                builder.addMissing();
            } else {
                builder.add(element, 0, element.length);
            }
        }
        return builder.build();
    }

    /** A builder without rows. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public ColumnKind kind() {
        return ColumnKind.BINARY;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.binaries(this);
    }

    /** Builds a binary column row by row. Confined to one thread. */
    public static final class Builder extends BytesBuilder {
        private Builder() {}

        /** Adds a row from bytes, which are copied. */
        public Builder add(byte[] bytes, int start, int length) {
            addBytes(bytes, start, length);
            return this;
        }

        /** Adds a NULL row. */
        public Builder addMissing() {
            addNull();
            return this;
        }

        /** The column of all rows added. */
        public BinaryColumn build() {
            return new BinaryColumn(finishedBuffer(), finishedOffsets(), finishedNulls());
        }
    }
}
