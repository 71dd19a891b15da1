package org.skep.engine.powercut;

import java.util.ArrayList;
import java.util.List;
import org.skep.engine.Session;
import org.skep.engine.result.RowCursor;
import org.skep.engine.result.StatementResult;

/** What statements answer, as text. Immutable. */
final class Rows {
    private Rows() {}

    /** Each row with its values parted by spaces, in order of the rows. */
    static List<String> of(Session session, String sql) {
        List<String> rows = new ArrayList<>();
        try (StatementResult result = session.execute(sql)) {
            if (result.hasRows()) {
                int columns = result.columns().size();
                for (RowCursor row = result.rows(); row.next(); ) {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < columns; i++) {
                        text.append(i == 0 ? "" : " ")
                                .append(row.isNull(i) ? "NULL" : row.text(i).strip());
                    }
                    rows.add(text.toString());
                }
            }
        }
        rows.sort(null);
        return rows;
    }

    /** The only row. */
    static String one(Session session, String sql) {
        return of(session, sql).get(0);
    }
}
