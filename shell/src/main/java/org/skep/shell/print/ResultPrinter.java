package org.skep.shell.print;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.skep.shell.print.ResultFormat.Header;

/** Prints one result. Confined to one thread; used once. */
public abstract class ResultPrinter {
    /** A row's values, null for NULL. */
    abstract void row(String[] values);

    abstract void begin(List<ResultColumn> columns);

    abstract void end();

    /**
     * Prints all rows.
     *
     * @return how many there were
     * @throws OutputException if they cannot be written
     */
    public static long print(ResultSet result, ResultFormat format, Header header, Output out)
            throws SQLException {
        ResultPrinter printer = format.printer(out, header);
        List<ResultColumn> columns = columns(result.getMetaData());
        printer.begin(columns);
        String[] values = new String[columns.size()];
        long rows = 0;
        while (result.next()) {
            for (int i = 0; i < values.length; i++) {
                values[i] = result.getString(i + 1);
            }
            printer.row(values);
            rows++;
        }
        printer.end();
        return rows;
    }

    private static List<ResultColumn> columns(ResultSetMetaData metadata) throws SQLException {
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(
                    new ResultColumn(
                            metadata.getColumnLabel(i),
                            ResultColumn.isNumber(metadata.getColumnType(i))));
        }
        return columns;
    }
}
