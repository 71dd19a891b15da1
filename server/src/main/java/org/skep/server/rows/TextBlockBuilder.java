package org.skep.server.rows;

import java.time.ZoneId;
import org.skep.rpc.rows.ColumnBlock;
import org.skep.rpc.rows.StringColumn;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.text.ByteSink;
import org.skep.types.text.ValueFormatter;
import org.skep.types.text.ValueText;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;

/** Collects values that travel as text. Confined to one thread. */
final class TextBlockBuilder implements BlockBuilder {
    private final StringColumn.Builder builder = StringColumn.builder();
    private final ByteSink text = new ByteSink();
    private final ValueFormatter formatter;
    private final boolean raw;

    TextBlockBuilder(DataType type, ZoneId zone) {
        formatter = ValueText.formatter(type, zone);
        raw = type.kind() == TypeKind.STRING || type.kind() == TypeKind.VARCHAR;
    }

    @Override
    public void append(ColumnVector flat, int[] positions, int count) {
        if (raw && flat instanceof BytesVector bytes) {
            appendRaw(bytes, positions, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position < 0) {
                builder.addMissing();
            } else {
                text.reset();
                formatter.append(flat, position, text);
                builder.add(text.data(), 0, text.length());
            }
        }
    }

    private void appendRaw(BytesVector bytes, int[] positions, int count) {
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position < 0) {
                builder.addMissing();
            } else {
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
