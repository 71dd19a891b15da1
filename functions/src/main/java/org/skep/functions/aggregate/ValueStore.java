package org.skep.functions.aggregate;

import org.skep.types.DataType;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;

/**
 * Values of any type at stable positions of a vector of its own. Replacing a text by one that is no
 * longer reuses its bytes; other replaced texts leave holes, which are squeezed out when they are
 * more than half of the buffer. Confined to one thread.
 */
final class ValueStore {
    private static final int WASTE_ALLOWED = 1 << 16;

    private final DataType type;
    private ColumnVector values;
    private int used;
    private long waste;

    ValueStore(DataType type) {
        this.type = type;
        values = ColumnVector.create(type, 16);
    }

    /** The values; read anew after each change. */
    ColumnVector values() {
        return values;
    }

    int size() {
        return used;
    }

    /** Appends a value and answers its position. */
    int add(ColumnVector source, int row) {
        values.copyOne(source, row, used);
        return used++;
    }

    /** Replaces the value at a position, which it answers. */
    int replace(ColumnVector source, int row, int position) {
        if (values instanceof BytesVector kept && source instanceof BytesVector given) {
            int length = given.lengths()[row];
            int room = kept.lengths()[position];
            if (length <= room) {
                System.arraycopy(
                        given.data(),
                        given.starts()[row],
                        kept.data(),
                        kept.starts()[position],
                        length);
                kept.lengths()[position] = length;
                waste += room - length;
                return position;
            }
            waste += room;
        } else {
            waste++;
        }
        values.copyOne(source, row, position);
        if (waste > WASTE_ALLOWED && waste > values.retainedBytes() / 2) {
            squeeze();
        }
        return position;
    }

    private void squeeze() {
        ColumnVector squeezed = ColumnVector.create(type, used);
        squeezed.copyFrom(values, null, 0, used, 0);
        values = squeezed;
        waste = 0;
    }

    long retainedBytes() {
        return values.retainedBytes();
    }
}
