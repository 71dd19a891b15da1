package org.skep.shell.print;

import java.util.List;

/**
 * RFC 4180: a header line, commas, quotes only where a value needs them. NULL is a bare {@code
 * NULL}; the text "NULL" is in quotes. Confined to one thread.
 */
final class CsvPrinter extends ResultPrinter {
    private final Output out;

    CsvPrinter(Output out) {
        this.out = out;
    }

    @Override
    void begin(List<ResultColumn> columns) {
        row(columns.stream().map(ResultColumn::name).toArray(String[]::new));
    }

    @Override
    void row(String[] values) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                out.print(',');
            }
            out.print(values[i] == null ? "NULL" : field(values[i]));
        }
        out.print("\r\n");
    }

    private static String field(String value) {
        boolean plain = !value.equals("NULL");
        for (int i = 0; plain && i < value.length(); i++) {
            char c = value.charAt(i);
            plain = c != ',' && c != '"' && c != '\n' && c != '\r';
        }
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    @Override
    void end() {
        out.flush();
    }
}
