package org.skep.executor.vector;

import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;
import org.skep.types.vector.VoidVector;

/** Copies selected values of a vector to the same positions of a flat vector. Stateless. */
public final class SamePositions {
    private SamePositions() {}

    /**
     * A flat vector with the selected values: {@code source} itself unless it is a dictionary or a
     * constant, else {@code scratch}, which is reset and filled.
     */
    public static ColumnVector flatten(
            ColumnVector source, Selection selection, ColumnVector scratch) {
        if (source instanceof DictionaryVector || source instanceof ConstantVector) {
            scratch.reset();
            scratch.ensureCapacity(selection.bound());
            copy(source, selection, scratch);
            return scratch;
        }
        return source;
    }

    /**
     * Copies the selected values of {@code source}, of any encoding, to the same positions of
     * {@code out}, which has room for them and keeps its other values.
     */
    public static void copy(ColumnVector source, Selection selection, ColumnVector out) {
        ColumnVector flat = source;
        int[] ids = null;
        int step = 1;
        if (source instanceof DictionaryVector dictionary) {
            flat = dictionary.values();
            ids = dictionary.ids();
        } else if (source instanceof ConstantVector constant) {
            flat = constant.value();
            step = 0;
        }
        copyNulls(source, selection, out);
        if (flat instanceof VoidVector) {
            return;
        }
        int count = selection.count();
        int[] positions = selection.positions();
        if (flat instanceof LongVector longs && longs.nanos() == null && !hasNanos(out)) {
            copyLongs(longs.values(), ids, step, positions, count, ((LongVector) out).values());
        } else if (flat instanceof DecimalVector decimals
                && decimals.high() == null
                && ((DecimalVector) out).high() == null) {
            DecimalVector target = (DecimalVector) out;
            target.setBound(
                    Math.max(
                            target.bound() == Long.MAX_VALUE ? 0 : target.bound(),
                            decimals.bound()));
            copyLongs(decimals.low(), ids, step, positions, count, target.low());
        } else if (flat instanceof DoubleVector doubles) {
            double[] from = doubles.values();
            double[] to = ((DoubleVector) out).values();
            for (int k = 0; k < count; k++) {
                int p = positions == null ? k : positions[k];
                int row = ids == null ? p * step : ids[p];
                if (row >= 0) {
                    to[p] = from[row];
                }
            }
        } else if (flat instanceof BooleanVector booleans) {
            boolean[] from = booleans.values();
            boolean[] to = ((BooleanVector) out).values();
            for (int k = 0; k < count; k++) {
                int p = positions == null ? k : positions[k];
                int row = ids == null ? p * step : ids[p];
                if (row >= 0) {
                    to[p] = from[row];
                }
            }
        } else {
            copyRare(flat, ids, step, selection, out);
        }
    }

    private static boolean hasNanos(ColumnVector out) {
        return ((LongVector) out).nanos() != null;
    }

    private static void copyLongs(
            long[] from, int[] ids, int step, int[] positions, int count, long[] to) {
        if (ids == null) {
            for (int k = 0; k < count; k++) {
                int p = positions == null ? k : positions[k];
                to[p] = from[p * step];
            }
            return;
        }
        for (int k = 0; k < count; k++) {
            int p = positions == null ? k : positions[k];
            int row = ids[p];
            if (row >= 0) {
                to[p] = from[row];
            }
        }
    }

    private static void copyRare(
            ColumnVector flat, int[] ids, int step, Selection selection, ColumnVector out) {
        for (int k = 0; k < selection.count(); k++) {
            int p = selection.position(k);
            int row = ids == null ? p * step : ids[p];
            if (row < 0 || flat.isNull(row)) {
                continue;
            }
            if (flat instanceof BytesVector bytes) {
                ((BytesVector) out).set(p, bytes.data(), bytes.starts()[row], bytes.lengths()[row]);
            } else if (flat instanceof LongVector longs) {
                ((LongVector) out).set(p, longs.values()[row], longs.nanosAt(row));
            } else if (flat instanceof DecimalVector decimals) {
                ((DecimalVector) out).set(p, decimals.highAt(row), decimals.low()[row]);
            } else {
                out.copyOne(flat, row, p);
            }
        }
    }

    private static void copyNulls(ColumnVector source, Selection selection, ColumnVector out) {
        int count = selection.count();
        if (source.mayHaveNulls()) {
            for (int k = 0; k < count; k++) {
                int p = selection.position(k);
                if (source.isNull(p)) {
                    out.setNull(p);
                } else {
                    out.clearNull(p);
                }
            }
        } else if (out.nulls() != null) {
            for (int k = 0; k < count; k++) {
                out.clearNull(selection.position(k));
            }
        }
    }

    /**
     * A flat view of a dictionary's values at the selected positions. Bytes are not copied: the
     * result shares the dictionary's buffer.
     */
    public static ColumnVector decode(
            DictionaryVector source, Selection selection, ColumnVector scratch) {
        scratch.reset();
        scratch.ensureCapacity(selection.bound());
        if (source.values() instanceof BytesVector bytes) {
            BytesVector out = (BytesVector) scratch;
            out.share(bytes.data());
            copyNulls(source, selection, out);
            int[] starts = out.starts();
            int[] lengths = out.lengths();
            int[] ids = source.ids();
            for (int k = 0; k < selection.count(); k++) {
                int p = selection.position(k);
                int id = ids[p];
                if (id >= 0) {
                    starts[p] = bytes.starts()[id];
                    lengths[p] = bytes.lengths()[id];
                } else {
                    starts[p] = 0;
                    lengths[p] = 0;
                }
            }
            return out;
        }
        copy(source, selection, scratch);
        return scratch;
    }
}
