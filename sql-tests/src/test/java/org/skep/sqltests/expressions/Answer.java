package org.skep.sqltests.expressions;

import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.Session;
import org.skep.engine.result.RowCursor;
import org.skep.engine.result.StatementResult;
import org.skep.types.DataType;

/**
 * What a query of one column answers: its values in the order of rows, or the number of the error.
 * Immutable.
 *
 * @param type the column's kind of type, {@code -} for an error
 * @param typeName the type with its parameters, {@code -} for an error
 * @param message what the error says, else empty
 */
record Answer(String type, String typeName, List<String> values, String message) {
    Answer {
        values = List.copyOf(values);
    }

    static Answer to(Session session, String sql) {
        try (StatementResult result = session.execute(sql)) {
            List<String> values = new ArrayList<>();
            for (RowCursor row = result.rows(); row.next(); ) {
                values.add(row.isNull(0) ? "NULL" : shown(row.text(0)));
            }
            DataType type = result.columns().get(0).type();
            return new Answer(type.kind().typeName(), type.typeName(), values, "");
        } catch (SkepException e) {
            return new Answer("-", "-", List.of("error " + e.code().number()), said(e));
        }
    }

    private static String said(SkepException e) {
        return e.location().map(at -> "line " + at + " ").orElse("") + e.getMessage();
    }

    private static String shown(String value) {
        return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    }

    boolean isMissingFunction() {
        return values.get(0).equals("error " + ErrorCode.FUNCTION_NOT_FOUND.number());
    }

    @Override
    public String toString() {
        return typeName
                + " "
                + String.join(" / ", values)
                + (message.isEmpty() ? "" : " " + message);
    }
}
