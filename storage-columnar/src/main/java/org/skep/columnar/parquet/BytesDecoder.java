package org.skep.columnar.parquet;

import org.apache.parquet.format.Encoding;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;

/** BYTE_ARRAY: strings, binary, and decimals of any length. Confined to one thread. */
final class BytesDecoder extends ValueDecoder {
    private final PageReader page;
    private final Encoding encoding;
    private final DeltaBytes deltas;
    private int[] starts = new int[0];
    private int[] lengths = new int[0];
    private byte[] data;
    private int at;
    private int end;
    private int index;

    private BytesDecoder(PageReader page, Encoding encoding) {
        this.page = page;
        this.encoding = encoding;
        deltas = encoding == Encoding.PLAIN ? null : new DeltaBytes(page);
    }

    static ValueDecoder create(Encoding encoding, PageReader page) {
        return switch (encoding) {
            case PLAIN, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY ->
                    new BytesDecoder(page, encoding);
            default -> null;
        };
    }

    @Override
    void open(byte[] buffer, int from, int to, int count) {
        if (deltas == null) {
            data = buffer;
            at = from;
            end = to;
            return;
        }
        deltas.open(buffer, from, to, count, encoding == Encoding.DELTA_BYTE_ARRAY);
        data = deltas.data();
        index = 0;
    }

    @Override
    void read(ColumnVector target, int position, int count, boolean share) {
        if (count == 0) {
            return;
        }
        if (target instanceof DecimalVector decimals) {
            if (starts.length < count) {
                starts = new int[count];
                lengths = new int[count];
            }
            locate(starts, lengths, 0, count);
            for (int i = 0; i < count; i++) {
                FixedDecoder.wideDecimal(data, starts[i], lengths[i], decimals, position + i);
            }
            return;
        }
        BytesVector bytes = (BytesVector) target;
        int[] outStarts = bytes.starts();
        locate(outStarts, bytes.lengths(), position, count);
        if (share) {
            if (bytes.data() != data) {
                bytes.share(data);
            }
            return;
        }
        int last = position + count - 1;
        int first = outStarts[position];
        int length = outStarts[last] + bytes.lengths()[last] - first;
        int base = bytes.reserve(length);
        System.arraycopy(data, first, bytes.data(), base, length);
        for (int i = position; i <= last; i++) {
            outStarts[i] += base - first;
        }
    }

    // Where in data the next values lie; later ones lie further back.
    private void locate(int[] outStarts, int[] outLengths, int position, int count) {
        if (deltas != null) {
            take(count);
            System.arraycopy(deltas.starts(), index - count, outStarts, position, count);
            System.arraycopy(deltas.lengths(), index - count, outLengths, position, count);
            return;
        }
        byte[] d = data;
        int p = at;
        int limit = end - 4;
        for (int i = position; i < position + count; i++) {
            if (p > limit) {
                throw page.corrupt("value begins at %d of %d bytes".formatted(p, end));
            }
            int length = (int) ByteOrderReads.INT.get(d, p);
            p += 4;
            if (length < 0 || length > end - p) {
                throw page.corrupt("value of %d bytes, %d are left".formatted(length, end - p));
            }
            outStarts[i] = p;
            outLengths[i] = length;
            p += length;
        }
        at = p;
    }

    private void take(int count) {
        if (count > deltas.count() - index) {
            throw page.corrupt(
                    "%d values wanted, %d are left".formatted(count, deltas.count() - index));
        }
        index += count;
    }

    @Override
    void skip(int count) {
        if (deltas != null) {
            take(count);
            return;
        }
        int p = at;
        for (int i = 0; i < count; i++) {
            if (p > end - 4) {
                throw page.corrupt("value begins at %d of %d bytes".formatted(p, end));
            }
            int length = (int) ByteOrderReads.INT.get(data, p);
            p += 4;
            if (length < 0 || length > end - p) {
                throw page.corrupt("value of %d bytes, %d are left".formatted(length, end - p));
            }
            p += length;
        }
        at = p;
    }
}
