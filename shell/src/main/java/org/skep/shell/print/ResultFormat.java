package org.skep.shell.print;

/** How results are printed. Immutable. */
public enum ResultFormat {
    /** Aligned columns in a frame, for people. */
    TABLE {
        @Override
        ResultPrinter printer(Output out, Header header) {
            return new TablePrinter(out);
        }
    },
    /** Values as they are between TABs, as Hive's command line prints them. */
    TSV {
        @Override
        ResultPrinter printer(Output out, Header header) {
            return new TsvPrinter(out, header);
        }
    },
    /** RFC 4180 with a header line. */
    CSV {
        @Override
        ResultPrinter printer(Output out, Header header) {
            return new CsvPrinter(out);
        }
    };

    /** Whether TSV begins with the names of its columns. */
    public enum Header {
        NONE,
        NAMES
    }

    abstract ResultPrinter printer(Output out, Header header);
}
