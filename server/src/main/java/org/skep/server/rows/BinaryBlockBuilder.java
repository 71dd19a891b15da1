package org.skep.server.rows;

import org.skep.rpc.rows.BinaryColumn;
import org.skep.rpc.rows.ColumnBlock;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;

/** Collects values of BINARY. Confined to one thread. */
final class BinaryBlockBuilder implements BlockBuilder {
    private final BinaryColumn.Builder builder = BinaryColumn.builder();

    @Override
    public void append(ColumnVector flat, int[] positions, int count) {
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position < 0) {
                builder.addMissing();
            } else {
                BytesVector bytes = (BytesVector) flat;
                builder.add(bytes.data(), bytes.starts()[position], bytes.lengths()[position]);
            }
        }
    }

    @Override
    public long bytes() {
        return builder.size();
    }

    @Override
    public ColumnBlock build() {
        return builder.build();
    }
}
