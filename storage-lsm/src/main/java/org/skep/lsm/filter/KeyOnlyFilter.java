package org.skep.lsm.filter;

import java.nio.ByteBuffer;
import org.skep.lsm.cell.CellLayout;
import org.skep.lsm.cell.CellView;

/** Returns keys without their values. */
public final class KeyOnlyFilter extends Filter {
    private final boolean lengths;
    private ByteBuffer copy = ByteBuffer.allocate(64);
    private final CellView view = new CellView();

    /** Returns empty values. */
    public KeyOnlyFilter() {
        this(false);
    }

    private KeyOnlyFilter(boolean lengths) {
        this.lengths = lengths;
    }

    /** Returns the lengths of the values, four bytes big-endian. */
    public static KeyOnlyFilter withLengths() {
        return new KeyOnlyFilter(true);
    }

    @Override
    public KeyOnlyFilter fresh() {
        return new KeyOnlyFilter(lengths);
    }

    @Override
    public boolean rejectsRowKey(CellView first) {
        return false;
    }

    @Override
    public CellView transform(CellView cell) {
        int value = lengths ? Integer.BYTES : 0;
        int length = CellLayout.LENGTHS + cell.keyLength() + value;
        if (length > copy.capacity()) {
            copy = ByteBuffer.allocate(Math.max(length, 2 * copy.capacity()));
        }
        copy.putInt(0, cell.keyLength()).putInt(4, value);
        copy.put(CellLayout.LENGTHS, cell.buffer(), cell.keyOffset(), cell.keyLength());
        if (lengths) {
            copy.putInt(CellLayout.LENGTHS + cell.keyLength(), cell.valueLength());
        }
        view.read(copy, 0, CellLayout.PLAIN);
        return view;
    }
}
