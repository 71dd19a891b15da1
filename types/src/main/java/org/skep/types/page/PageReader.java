package org.skep.types.page;

import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.types.DataType;
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
import org.skep.types.vector.StructVector;
import org.skep.types.vector.UnionVector;
import org.skep.types.vector.VoidVector;

/** Decodes pages that {@link PageWriter} wrote. Confined to one thread. */
public final class PageReader {
    /** Bytes of the fixed beginning of a page. */
    public static final int HEADER_BYTES = PageFormat.HEADER_BYTES;

    private final List<DataType> types;
    private PageBuffer in;

    /** A reader of pages with columns of these types. */
    public PageReader(List<DataType> types) {
        this.types = List.copyOf(types);
    }

    /**
     * How long a page is, by its header.
     *
     * @throws SkepException CORRUPT_FILE if this is no page, FORMAT_TOO_NEW if a newer Skep wrote
     *     it
     */
    public static int pageBytes(byte[] header) {
        PageBuffer in = new PageBuffer(header, 0, header.length);
        if (in.getInt() != PageFormat.MAGIC) {
            throw PageBuffer.corrupt();
        }
        int version = in.getByte();
        if (version != PageFormat.VERSION) {
            throw new SkepException(ErrorCode.FORMAT_TOO_NEW, "Page version not known: " + version);
        }
        PageBuffer length = new PageBuffer(header, PageFormat.LENGTH_OFFSET, header.length);
        int payload = length.getInt();
        if (payload < 0 || payload > Integer.MAX_VALUE - PageFormat.HEADER_BYTES - 16) {
            throw PageBuffer.corrupt();
        }
        return payload + PageFormat.HEADER_BYTES;
    }

    /**
     * The batch in a page; its vectors are new and its rows dense.
     *
     * @throws SkepException CORRUPT_FILE if the bytes are not what was written, FORMAT_TOO_NEW if a
     *     newer Skep wrote them
     */
    public ColumnBatch read(byte[] page) {
        if (page.length < PageFormat.HEADER_BYTES || pageBytes(page) != page.length) {
            throw PageBuffer.corrupt();
        }
        PageBuffer header = new PageBuffer(page, PageFormat.CODEC_OFFSET, page.length);
        int codec = header.getByte();
        header.getByte();
        header.getByte();
        int rows = header.getInt();
        int columns = header.getInt();
        header.getInt();
        int rawBytes = header.getInt();
        if (header.getInt() != PageWriter.checksum(page) || columns != types.size() || rows < 0) {
            throw PageBuffer.corrupt();
        }
        in = payload(page, codec, rawBytes);
        ColumnVector[] vectors = new ColumnVector[columns];
        for (int i = 0; i < columns; i++) {
            vectors[i] = column(types.get(i), rows);
        }
        if (!in.atEnd()) {
            throw PageBuffer.corrupt();
        }
        return ColumnBatch.dense(vectors, rows);
    }

    private static PageBuffer payload(byte[] page, int codec, int rawBytes) {
        if (codec == PageFormat.CODEC_NONE) {
            return new PageBuffer(page, PageFormat.HEADER_BYTES, page.length);
        }
        if (codec != PageFormat.CODEC_DEFLATE || rawBytes < 0) {
            throw PageBuffer.corrupt();
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(page, PageFormat.HEADER_BYTES, page.length - PageFormat.HEADER_BYTES);
            byte[] raw = new byte[rawBytes];
            int length = inflater.inflate(raw);
            if (length != rawBytes) {
                throw PageBuffer.corrupt();
            }
            return new PageBuffer(raw, 0, rawBytes);
        } catch (DataFormatException e) {
            throw new SkepException(ErrorCode.CORRUPT_FILE, "Cannot read page: it is damaged", e);
        } finally {
            inflater.end();
        }
    }

    private ColumnVector column(DataType type, int rows) {
        return switch (in.getByte()) {
            case PageFormat.FLAT -> flat(type, rows);
            case PageFormat.CONSTANT -> new ConstantVector(flat(type, 1));
            case PageFormat.DICTIONARY -> dictionary(type, rows);
            default -> throw PageBuffer.corrupt();
        };
    }

    private ColumnVector dictionary(DataType type, int rows) {
        int valueCount = in.getCount(0);
        ColumnVector values = flat(type, valueCount);
        int[] ids = new int[rows];
        boolean hasNulls = false;
        for (int i = 0; i < rows; i++) {
            ids[i] = in.getInt();
            hasNulls |= ids[i] < 0;
            if (ids[i] >= valueCount) {
                throw PageBuffer.corrupt();
            }
        }
        return new DictionaryVector(values, valueCount, ids, hasNulls);
    }

    private ColumnVector flat(DataType type, int rows) {
        boolean[] nulls = nulls(rows);
        ColumnVector column = ColumnVector.create(type, rows);
        values(column, rows);
        column.setNulls(column instanceof VoidVector ? null : nulls);
        return column;
    }

    private void values(ColumnVector column, int rows) {
        if (column instanceof LongVector longs) {
            in.getLongs(longs.values(), rows);
            if (in.getByte() != 0) {
                short[] nanos = new short[rows];
                for (int i = 0; i < rows; i++) {
                    nanos[i] = (short) ((in.getByte() & 0xFF) | in.getByte() << 8);
                }
                longs.setNanos(nanos);
            }
        } else if (column instanceof DecimalVector decimals) {
            boolean wide = in.getByte() != 0;
            long bound = in.getLong();
            in.getLongs(decimals.low(), rows);
            if (wide) {
                decimals.widen();
                in.getLongs(decimals.high(), rows);
            }
            decimals.setBound(bound);
        } else if (column instanceof DoubleVector doubles) {
            for (int i = 0; i < rows; i++) {
                doubles.values()[i] = Double.longBitsToDouble(in.getLong());
            }
        } else if (column instanceof BooleanVector booleans) {
            for (int i = 0; i < rows; i++) {
                booleans.values()[i] = in.getByte() != 0;
            }
        } else if (column instanceof BytesVector bytes) {
            bytes(bytes, rows);
        } else {
            nested(column, rows);
        }
    }

    private void bytes(BytesVector column, int rows) {
        int total = in.getCount(1);
        int at = 0;
        for (int i = 0; i < rows; i++) {
            int length = in.getInt();
            if (length < 0 || length > total - at) {
                throw PageBuffer.corrupt();
            }
            column.setRun(i, at, length);
            at += length;
        }
        byte[] data = new byte[total];
        in.getBytes(data, total);
        column.share(data);
    }

    private void nested(ColumnVector column, int rows) {
        if (column instanceof ListVector lists) {
            int total = in.getCount(0);
            for (int i = 0; i < rows; i++) {
                lists.append(i, length(total));
            }
            fill(lists.elements(), total);
        } else if (column instanceof MapVector maps) {
            int total = in.getCount(0);
            for (int i = 0; i < rows; i++) {
                maps.append(i, length(total));
            }
            fill(maps.keys(), total);
            fill(maps.values(), total);
        } else if (column instanceof StructVector structs) {
            for (int i = 0; i < structs.fieldCount(); i++) {
                fill(structs.field(i), rows);
            }
        } else if (column instanceof UnionVector unions) {
            in.getBytes(unions.tags(), rows);
            for (int i = 0; i < unions.alternativeCount(); i++) {
                fill(unions.alternative(i), rows);
            }
        }
    }

    private int length(int total) {
        int length = in.getInt();
        if (length < 0 || length > total) {
            throw PageBuffer.corrupt();
        }
        return length;
    }

    private void fill(ColumnVector column, int rows) {
        boolean[] nulls = nulls(rows);
        column.ensureCapacity(rows);
        values(column, rows);
        if (nulls != null) {
            column.setNulls(java.util.Arrays.copyOf(nulls, column.capacity()));
        }
    }

    private boolean[] nulls(int rows) {
        if (in.getByte() == 0) {
            return null;
        }
        boolean[] nulls = new boolean[rows];
        for (int i = 0; i < rows; i += 8) {
            int bits = in.getByte();
            for (int bit = 0; bit < 8 && i + bit < rows; bit++) {
                nulls[i + bit] = (bits >> bit & 1) != 0;
            }
        }
        return nulls;
    }
}
