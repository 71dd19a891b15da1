package org.skep.types.page;

import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.MapVector;
import org.skep.types.vector.Selection;
import org.skep.types.vector.StructVector;
import org.skep.types.vector.UnionVector;

/**
 * Encodes batches as pages: versioned, checksummed, compressed if that was asked for and helps.
 * Types are not in the page; who reads it knows them. Confined to one thread.
 */
public final class PageWriter {
    /** How pages are compressed. */
    public enum Compression {
        NONE,
        DEFLATE
    }

    private final Compression compression;
    private final PageBuffer out = new PageBuffer();

    /** A writer of pages of one kind. */
    public PageWriter(Compression compression) {
        this.compression = compression;
    }

    /** The page of the selected rows of a batch. */
    public byte[] write(ColumnBatch batch) {
        out.clear();
        out.skip(PageFormat.HEADER_BYTES);
        for (ColumnVector column : batch.columns()) {
            column(column, batch.selection());
        }
        return finish(batch.rowCount(), batch.columnCount());
    }

    private byte[] finish(int rows, int columns) {
        int rawBytes = out.position() - PageFormat.HEADER_BYTES;
        byte[] page = compressed(rawBytes);
        int codec = PageFormat.CODEC_DEFLATE;
        if (page == null) {
            codec = PageFormat.CODEC_NONE;
            page = Arrays.copyOf(out.data(), out.position());
        }
        PageBuffer header = new PageBuffer(page, 0, PageFormat.HEADER_BYTES);
        header.putInt(PageFormat.MAGIC);
        header.putByte(PageFormat.VERSION);
        header.putByte(codec);
        header.putByte(0);
        header.putByte(0);
        header.putInt(rows);
        header.putInt(columns);
        header.putInt(page.length - PageFormat.HEADER_BYTES);
        header.putInt(rawBytes);
        header.putInt(checksum(page));
        return page;
    }

    private byte[] compressed(int rawBytes) {
        if (compression == Compression.NONE || rawBytes < 64) {
            return null;
        }
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(out.data(), PageFormat.HEADER_BYTES, rawBytes);
            deflater.finish();
            byte[] page = new byte[PageFormat.HEADER_BYTES + rawBytes];
            int length = deflater.deflate(page, PageFormat.HEADER_BYTES, rawBytes);
            return deflater.finished()
                    ? Arrays.copyOf(page, PageFormat.HEADER_BYTES + length)
                    : null;
        } finally {
            deflater.end();
        }
    }

    static int checksum(byte[] page) {
        CRC32C checksum = new CRC32C();
        checksum.update(page, 0, PageFormat.CHECKSUM_OFFSET);
        checksum.update(page, PageFormat.HEADER_BYTES, page.length - PageFormat.HEADER_BYTES);
        return (int) checksum.getValue();
    }

    private void column(ColumnVector column, Selection selection) {
        if (column instanceof ConstantVector constant) {
            out.putByte(PageFormat.CONSTANT);
            flat(constant.value(), Selection.all(1));
        } else if (column instanceof DictionaryVector dictionary) {
            if (dictionary.valueCount() <= selection.count()) {
                dictionary(dictionary, selection);
            } else {
                ColumnVector copy = ColumnVector.create(column.type(), selection.count());
                copy.copyFrom(column, selection.positions(), 0, selection.count(), 0);
                out.putByte(PageFormat.FLAT);
                flat(copy, Selection.all(selection.count()));
            }
        } else {
            out.putByte(PageFormat.FLAT);
            flat(column, selection);
        }
    }

    private void dictionary(DictionaryVector dictionary, Selection selection) {
        out.putByte(PageFormat.DICTIONARY);
        out.putInt(dictionary.valueCount());
        flat(dictionary.values(), Selection.all(dictionary.valueCount()));
        int[] ids = dictionary.ids();
        for (int k = 0; k < selection.count(); k++) {
            out.putInt(ids[selection.position(k)]);
        }
    }

    private void flat(ColumnVector column, Selection selection) {
        nulls(column, selection);
        int count = selection.count();
        int[] positions = selection.positions();
        if (column instanceof LongVector longs) {
            out.putLongs(longs.values(), positions, count);
            nanos(longs, selection);
        } else if (column instanceof DecimalVector decimals) {
            out.putByte(decimals.high() == null ? 0 : 1);
            out.putLong(decimals.bound());
            out.putLongs(decimals.low(), positions, count);
            if (decimals.high() != null) {
                out.putLongs(decimals.high(), positions, count);
            }
        } else if (column instanceof DoubleVector doubles) {
            for (int k = 0; k < count; k++) {
                out.putLong(Double.doubleToRawLongBits(doubles.values()[selection.position(k)]));
            }
        } else if (column instanceof BooleanVector booleans) {
            for (int k = 0; k < count; k++) {
                out.putByte(booleans.values()[selection.position(k)] ? 1 : 0);
            }
        } else if (column instanceof BytesVector bytes) {
            bytes(bytes, selection);
        } else {
            nested(column, selection);
        }
    }

    private void nanos(LongVector longs, Selection selection) {
        out.putByte(longs.nanos() == null ? 0 : 1);
        if (longs.nanos() != null) {
            for (int k = 0; k < selection.count(); k++) {
                int nanos = longs.nanos()[selection.position(k)];
                out.putByte(nanos);
                out.putByte(nanos >> 8);
            }
        }
    }

    private void bytes(BytesVector bytes, Selection selection) {
        int lengthAt = out.position();
        out.putInt(0);
        int total = 0;
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            int length = bytes.isNull(row) ? 0 : bytes.lengths()[row];
            out.putInt(length);
            total += length;
        }
        out.putIntAt(lengthAt, total);
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            if (!bytes.isNull(row)) {
                out.putBytes(bytes.data(), bytes.starts()[row], bytes.lengths()[row]);
            }
        }
    }

    private void nested(ColumnVector column, Selection selection) {
        if (column instanceof ListVector lists) {
            flat(lists.elements(), runs(lists, lists.starts(), lists.lengths(), selection));
        } else if (column instanceof MapVector maps) {
            Selection entries = runs(maps, maps.starts(), maps.lengths(), selection);
            flat(maps.keys(), entries);
            flat(maps.values(), entries);
        } else if (column instanceof StructVector structs) {
            for (int i = 0; i < structs.fieldCount(); i++) {
                flat(structs.field(i), selection);
            }
        } else if (column instanceof UnionVector unions) {
            for (int k = 0; k < selection.count(); k++) {
                out.putByte(unions.tags()[selection.position(k)]);
            }
            for (int i = 0; i < unions.alternativeCount(); i++) {
                flat(unions.alternative(i), selection);
            }
        }
    }

    /**
     * Writes the lengths of the selected runs and answers their positions, in order of the rows.
     */
    private Selection runs(ColumnVector column, int[] starts, int[] lengths, Selection selection) {
        int total = 0;
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            total += column.isNull(row) ? 0 : lengths[row];
        }
        out.putInt(total);
        int[] positions = new int[total];
        int at = 0;
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            int length = column.isNull(row) ? 0 : lengths[row];
            out.putInt(length);
            for (int i = 0; i < length; i++) {
                positions[at++] = starts[row] + i;
            }
        }
        return Selection.of(positions, total);
    }

    private void nulls(ColumnVector column, Selection selection) {
        boolean[] flags = column.nulls();
        out.putByte(flags == null ? 0 : 1);
        if (flags == null) {
            return;
        }
        int bits = 0;
        int count = selection.count();
        for (int k = 0; k < count; k++) {
            if (flags[selection.position(k)]) {
                bits |= 1 << (k & 7);
            }
            if ((k & 7) == 7 || k == count - 1) {
                out.putByte(bits);
                bits = 0;
            }
        }
    }
}
