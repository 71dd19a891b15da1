package org.skep.columnar.text;

/**
 * Finds the wanted fields of lines: where each begins and how long it is, -1 where the line has too
 * few. Confined to one thread.
 */
final class FieldSplitter {
    private static final byte SEPARATOR = 1;
    private static final byte ESCAPE = 2;
    private static final byte LINE_END = 3;

    private final byte[] kinds = new byte[256];
    private final int[] ordinals;
    private final int[][] starts;
    private final int[][] lengths;
    private final int restFrom;

    /**
     * A splitter.
     *
     * @param ordinals the positions of the wanted columns, ascending
     * @param columnCount of the table
     */
    FieldSplitter(TextOptions options, int[] ordinals, int columnCount) {
        this.ordinals = ordinals;
        starts = new int[ordinals.length][];
        lengths = new int[ordinals.length][];
        restFrom = options.lastTakesRest() ? columnCount - 1 : Integer.MAX_VALUE;
        kinds[options.fieldSeparator() & 0xff] = SEPARATOR;
        if (options.escapes()) {
            kinds[options.escape() & 0xff] = ESCAPE;
        }
        kinds['\n'] = LINE_END;
        kinds['\r'] = LINE_END;
    }

    /**
     * Where to put what is found of a wanted column; the arrays hold as many as lines are split.
     */
    void setTarget(int wanted, int[] itsStarts, int[] itsLengths) {
        starts[wanted] = itsStarts;
        lengths[wanted] = itsLengths;
    }

    /**
     * Splits lines, as long as they begin before {@code stop}, and moves on to the next.
     *
     * @return how many
     */
    int split(LineBlocks lines, int stop, int mostRows) {
        byte[] data = lines.data();
        int at = lines.at();
        int row = 0;
        while (row < mostRows && at < stop) {
            int end =
                    ordinals.length == 0 ? LineBlocks.lineEnd(data, at) : splitLine(data, at, row);
            at = lines.afterLineEnd(end);
            row++;
        }
        lines.moveTo(at);
        return row;
    }

    /** Answers where the line ends. */
    private int splitLine(byte[] data, int from, int row) {
        int wanted = 0;
        int field = 0;
        int begin = from;
        int i = restFrom == 0 ? LineBlocks.lineEnd(data, from) : from;
        while (true) {
            byte kind = kinds[data[i] & 0xff];
            while (kind == 0) {
                kind = kinds[data[++i] & 0xff];
            }
            if (kind == ESCAPE) {
                i += kinds[data[i + 1] & 0xff] == LINE_END ? 1 : 2;
                continue;
            }
            if (field == ordinals[wanted]) {
                starts[wanted][row] = begin;
                lengths[wanted][row] = i - begin;
                wanted++;
                if (wanted == ordinals.length) {
                    return kind == LINE_END ? i : LineBlocks.lineEnd(data, i);
                }
            }
            if (kind == LINE_END) {
                for (; wanted < ordinals.length; wanted++) {
                    starts[wanted][row] = i;
                    lengths[wanted][row] = -1;
                }
                return i;
            }
            field++;
            begin = ++i;
            if (field == restFrom) {
                i = LineBlocks.lineEnd(data, i);
            }
        }
    }
}
