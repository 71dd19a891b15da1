package org.skep.shell.print;

import java.util.ArrayList;
import java.util.List;

/**
 * Aligned columns in a frame. The first rows decide how wide columns are; a later value that is
 * wider pushes its row to the right. Confined to one thread.
 */
final class TablePrinter extends ResultPrinter {
    private static final int MEASURED_ROWS = 1_000;
    private static final long MEASURED_CHARACTERS = 1 << 20;

    private final Output out;
    private final List<String[]> waiting = new ArrayList<>();
    private long waitingCharacters;
    private List<ResultColumn> columns = List.of();
    private int[] widths;

    TablePrinter(Output out) {
        this.out = out;
    }

    @Override
    void begin(List<ResultColumn> resultColumns) {
        columns = resultColumns;
    }

    @Override
    void row(String[] values) {
        String[] cells = new String[values.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = values[i] == null ? "NULL" : visible(values[i]);
        }
        if (widths != null) {
            line(cells);
            return;
        }
        waiting.add(cells);
        for (String cell : cells) {
            waitingCharacters += cell.length();
        }
        if (waiting.size() >= MEASURED_ROWS || waitingCharacters >= MEASURED_CHARACTERS) {
            printWaiting();
        }
    }

    @Override
    void end() {
        if (widths == null) {
            printWaiting();
        }
        rule();
        out.flush();
    }

    private void printWaiting() {
        widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = DisplayWidth.of(visible(columns.get(i).name()));
            for (String[] cells : waiting) {
                widths[i] = Math.max(widths[i], DisplayWidth.of(cells[i]));
            }
        }
        rule();
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String name = visible(columns.get(i).name());
            int space = widths[i] - DisplayWidth.of(name);
            names.append("| ").append(" ".repeat(space / 2)).append(name);
            names.append(" ".repeat(space - space / 2 + 1));
        }
        out.print(names.append("|\n").toString());
        rule();
        waiting.forEach(this::line);
        waiting.clear();
        out.flush();
    }

    private void line(String[] cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            String space = " ".repeat(Math.max(0, widths[i] - DisplayWidth.of(cells[i])));
            line.append("| ");
            if (columns.get(i).number()) {
                line.append(space).append(cells[i]);
            } else {
                line.append(cells[i]).append(space);
            }
            line.append(' ');
        }
        out.print(line.append("|\n").toString());
    }

    private void rule() {
        StringBuilder rule = new StringBuilder();
        for (int width : widths) {
            rule.append('+').append("-".repeat(width + 2));
        }
        out.print(rule.append("+\n").toString());
    }

    // Line breaks and other control characters would tear the frame.
    private static String visible(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                return escaped(value);
            }
        }
        return value;
    }

    private static String escaped(String value) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        escaped.append("\\u%04x".formatted((int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }
}
