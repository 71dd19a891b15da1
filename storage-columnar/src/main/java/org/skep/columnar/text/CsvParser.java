package org.skep.columnar.text;

import org.skep.types.text.ByteSink;
import org.skep.types.vector.ColumnVector;

/**
 * Splits a line by the rules of the CSV library that Hive uses: quotes may begin and end within a
 * field, a doubled quote within a field is one, the escape works before a quote or an escape, and
 * blanks before an opening quote are dropped. Confined to one thread.
 */
final class CsvParser implements LineParser {
    private final byte separator;
    private final byte quote;
    private final byte escape;
    private final WantedFields wanted;
    private final ByteSink field = new ByteSink();

    CsvParser(byte separator, byte quote, byte escape, WantedFields wanted) {
        this.separator = separator;
        this.quote = quote;
        this.escape = escape;
        this.wanted = wanted;
    }

    @Override
    public int parse(byte[] data, int start, int length, ColumnVector[] columns, int row) {
        if (length == 0) {
            wanted.putNulls(0, columns, row);
            return 0;
        }
        int end = start + length;
        int damage = 0;
        int ordinal = 0;
        boolean inQuotes = false;
        boolean inField = false;
        field.reset();
        for (int i = start; i < end && ordinal <= wanted.highest(); i++) {
            byte c = data[i];
            boolean quotable = (inQuotes || inField) && i + 1 < end;
            if (c == escape) {
                inField = true;
                if (i + 1 < end && (data[i + 1] == quote || data[i + 1] == escape)) {
                    field.append(data[++i]);
                }
            } else if (c == quote) {
                if (quotable && data[i + 1] == quote) {
                    field.append(data[++i]);
                } else {
                    inQuotes = !inQuotes;
                    keepQuoteWithin(data, start, i, end);
                }
                inField = !inField;
            } else if (c == separator && !inQuotes) {
                damage += put(ordinal++, columns, row);
                inField = false;
            } else {
                field.append(c);
                inField = true;
            }
        }
        if (ordinal <= wanted.highest()) {
            damage += put(ordinal++, columns, row);
        }
        wanted.putNulls(ordinal, columns, row);
        return damage + (inQuotes ? 1 : 0);
    }

    private void keepQuoteWithin(byte[] data, int start, int i, int end) {
        if (i - start > 2 && data[i - 1] != separator && i + 1 < end && data[i + 1] != separator) {
            if (field.length() > 0 && isBlank()) {
                field.reset();
            } else {
                field.append(quote);
            }
        }
    }

    private boolean isBlank() {
        for (int i = 0; i < field.length(); i++) {
            if (field.data()[i] != ' ' && field.data()[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private int put(int ordinal, ColumnVector[] columns, int row) {
        int damage = 0;
        if (wanted.wants(ordinal)) {
            damage = wanted.put(ordinal, field.data(), 0, field.length(), columns, row);
        }
        field.reset();
        return damage;
    }
}
