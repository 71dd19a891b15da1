package org.skep.shell.print;

import java.util.List;
import org.skep.shell.print.ResultFormat.Header;

/** Values as they are between TABs, {@code NULL} for NULL. Confined to one thread. */
final class TsvPrinter extends ResultPrinter {
    private final Output out;
    private final Header header;

    TsvPrinter(Output out, Header header) {
        this.out = out;
        this.header = header;
    }

    @Override
    void begin(List<ResultColumn> columns) {
        if (header == Header.NAMES) {
            row(columns.stream().map(ResultColumn::name).toArray(String[]::new));
        }
    }

    @Override
    void row(String[] values) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                out.print('\t');
            }
            out.print(values[i] == null ? "NULL" : values[i]);
        }
        out.print('\n');
    }

    @Override
    void end() {
        out.flush();
    }
}
