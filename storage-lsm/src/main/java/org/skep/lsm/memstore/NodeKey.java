package org.skep.lsm.memstore;

import java.nio.ByteBuffer;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellView;

/** A key that nodes are compared with, and what its row begins with. Confined to one thread. */
final class NodeKey {
    /** So many bytes of a row are its prefix, padded with zeros. */
    static final int PREFIX = 2 * Long.BYTES;

    ByteBuffer buffer;
    int at;
    int length;
    // Of it, the row.
    int row;
    long prefix;
    long prefix2;
    long sequence;

    /** Takes the key of a cell, or one that is no cell's; returns this. */
    NodeKey set(CellView view) {
        buffer = view.buffer();
        at = view.keyOffset();
        length = view.keyLength();
        row = view.rowLength();
        prefix = Bytes.prefix(buffer, view.rowOffset(), row);
        prefix2 = Bytes.prefix(buffer, view.rowOffset() + Long.BYTES, row - Long.BYTES);
        sequence = view.sequence();
        return this;
    }
}
