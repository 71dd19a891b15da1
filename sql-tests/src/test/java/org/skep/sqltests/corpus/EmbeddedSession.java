package org.skep.sqltests.corpus;

import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.SkepException;
import org.skep.engine.Session;
import org.skep.engine.result.ResultColumn;
import org.skep.engine.result.RowCursor;
import org.skep.engine.result.StatementResult;

/** A session of the embedded API. Confined to one thread. */
final class EmbeddedSession implements SqlSession {
    private final Session session;

    EmbeddedSession(Session session) {
        this.session = session;
    }

    @Override
    public SqlRows run(String sql) {
        try (StatementResult result = session.execute(sql)) {
            List<List<String>> rows = new ArrayList<>();
            int columns = result.columns().size();
            for (RowCursor row = result.rows(); row.next(); ) {
                List<String> values = new ArrayList<>();
                for (int i = 0; i < columns; i++) {
                    values.add(row.isNull(i) ? null : row.text(i));
                }
                rows.add(values);
            }
            return new SqlRows(
                    result.columns().stream().map(ResultColumn::name).toList(),
                    TypeLetters.of(result.columns().stream().map(ResultColumn::type).toList()),
                    rows);
        } catch (SkepException e) {
            String place = e.location().map(at -> "line " + at + " ").orElse("");
            throw new SqlFailure(e.code().number(), place + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        // the warehouse ends with its sessions
    }
}
