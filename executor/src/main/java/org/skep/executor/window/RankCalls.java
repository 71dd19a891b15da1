package org.skep.executor.window;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.plan.node.WindowCall;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;

/** The functions that have a meaning only over a window. Stateless. */
final class RankCalls {
    private RankCalls() {}

    /** The function of that name, or null if it is none of these. */
    static WindowFunctionCall of(WindowCall call) {
        return switch (call.function()) {
            case "row_number" ->
                    (partition, out) -> {
                        for (int row = partition.start(); row < partition.end(); row++) {
                            longs(out)[row] = row - partition.start() + 1L;
                        }
                    };
            case "rank" ->
                    (partition, out) -> {
                        for (int row = partition.start(); row < partition.end(); row++) {
                            longs(out)[row] = partition.peerStart(row) - partition.start() + 1L;
                        }
                    };
            case "dense_rank" -> RankCalls::denseRank;
            case "percent_rank" -> RankCalls::percentRank;
            case "cume_dist" ->
                    (partition, out) -> {
                        for (int row = partition.start(); row < partition.end(); row++) {
                            doubles(out)[row] =
                                    (double) (partition.peerEnd(row) - partition.start())
                                            / partition.size();
                        }
                    };
            case "ntile" -> (partition, out) -> tiles(call, partition, out);
            case "lag" -> (partition, out) -> shifted(call, partition, out, -1);
            case "lead" -> (partition, out) -> shifted(call, partition, out, 1);
            case "first_value" -> (partition, out) -> edge(call, partition, out, 1);
            case "last_value" -> (partition, out) -> edge(call, partition, out, -1);
            default -> null;
        };
    }

    private static long[] longs(ColumnVector out) {
        return ((LongVector) out).values();
    }

    private static double[] doubles(ColumnVector out) {
        return ((DoubleVector) out).values();
    }

    private static void denseRank(WindowPartition partition, ColumnVector out) {
        long rank = 0;
        for (int row = partition.start(); row < partition.end(); row++) {
            rank += partition.peerStart(row) == row ? 1 : 0;
            longs(out)[row] = rank;
        }
    }

    private static void percentRank(WindowPartition partition, ColumnVector out) {
        for (int row = partition.start(); row < partition.end(); row++) {
            double before = partition.peerStart(row) - partition.start();
            doubles(out)[row] = partition.size() == 1 ? 0 : before / (partition.size() - 1);
        }
    }

    private static void tiles(WindowCall call, WindowPartition partition, ColumnVector out) {
        ColumnVector counts = partition.column(call.arguments().get(0));
        long tiles = counts.isNull(partition.start()) ? 0 : longs(counts)[partition.start()];
        if (tiles <= 0) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENTS, "Number of tiles must be positive: " + tiles);
        }
        long small = partition.size() / tiles;
        long larger = partition.size() % tiles;
        for (int row = partition.start(); row < partition.end(); row++) {
            long index = (long) row - partition.start();
            long inLarger = larger * (small + 1);
            longs(out)[row] =
                    index < inLarger
                            ? index / (small + 1) + 1
                            : larger + (index - inLarger) / small + 1;
        }
    }

    private static void shifted(
            WindowCall call, WindowPartition partition, ColumnVector out, int direction) {
        ColumnVector values = partition.column(call.arguments().get(0));
        ColumnVector offsets =
                call.arguments().size() > 1 ? partition.column(call.arguments().get(1)) : null;
        ColumnVector others =
                call.arguments().size() > 2 ? partition.column(call.arguments().get(2)) : null;
        for (int row = partition.start(); row < partition.end(); row++) {
            long offset = offsets == null || offsets.isNull(row) ? 1 : longs(offsets)[row];
            int found = shifted(call, partition, values, row, direction, offset);
            if (found >= 0) {
                out.copyOne(values, found, row);
            } else if (others != null) {
                out.copyOne(others, row, row);
            } else {
                out.setNull(row);
            }
        }
    }

    private static int shifted(
            WindowCall call,
            WindowPartition partition,
            ColumnVector values,
            int row,
            int direction,
            long offset) {
        if (!call.ignoreNulls() || offset == 0) {
            long target = row + direction * offset;
            return target >= partition.start() && target < partition.end() ? (int) target : -1;
        }
        long left = offset;
        for (int at = row + direction;
                at >= partition.start() && at < partition.end();
                at += direction) {
            partition.step();
            if (!values.isNull(at) && --left == 0) {
                return at;
            }
        }
        return -1;
    }

    private static void edge(
            WindowCall call, WindowPartition partition, ColumnVector out, int direction) {
        ColumnVector values = partition.column(call.arguments().get(0));
        boolean skipsNulls = call.ignoreNulls();
        if (call.arguments().size() > 1
                && partition.column(call.arguments().get(1)) instanceof BooleanVector flags) {
            skipsNulls |= !flags.isNull(partition.start()) && flags.values()[partition.start()];
        }
        Frames frames = new Frames(partition, call.frame());
        for (int row = partition.start(); row < partition.end(); row++) {
            partition.step();
            int start = frames.start(row);
            int end = frames.end(row);
            int at = direction > 0 ? start : end - 1;
            while (skipsNulls && at >= start && at < end && values.isNull(at)) {
                partition.step();
                at += direction;
            }
            if (at >= start && at < end) {
                out.copyOne(values, at, row);
            } else {
                out.setNull(row);
            }
        }
    }
}
