package org.skep.engine;

import java.util.Optional;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.error.SourceLocation;

/**
 * How a failure is told to a user: in Hive's words for tools, or briefly with a caret for people.
 * Stateless.
 */
public final class ErrorText {
    private static final String TASK = "org.apache.hadoop.hive.ql.exec.tez.TezTask";
    private static final String DDL_TASK = "org.apache.hadoop.hive.ql.ddl.DDLTask";

    private static final String COLUMN = "Column not found: ";

    private ErrorText() {}

    /**
     * Hive's own sentence, such as {@code FAILED: SemanticException [Error 10001]: Line 1:14 Table
     * not found 'nosuch'}.
     *
     * @param sql the statement as it was parsed
     */
    public static String hive(SkepException error, String sql) {
        ErrorCode code = error.code();
        return switch (code) {
            case PARSE_ERROR, NESTING_TOO_DEEP ->
                    "FAILED: ParseException "
                            + error.location().map(place -> "line " + place + " ").orElse("")
                            + error.getMessage();
            case SEMANTIC_ERROR -> "FAILED: SemanticException " + placed(error, error.getMessage());
            case DATABASE_NOT_EMPTY,
                    DATABASE_EXISTS,
                    TABLE_EXISTS,
                    VIEW_EXISTS,
                    RENAME_TARGET_EXISTS,
                    PARTITION_EXISTS,
                    NOT_PARTITIONED ->
                    "FAILED: Execution Error, return code %d from %s. %s"
                            .formatted(code.number(), DDL_TASK, existing(error));
            default ->
                    switch (code.hivePrefix()) {
                        case "SemanticException" ->
                                "FAILED: SemanticException [Error %d]: %s"
                                        .formatted(
                                                code.number(),
                                                placed(error, quoted(code, error.getMessage())));
                        case "Execution Error" ->
                                "FAILED: Execution Error, return code %d from %s. %s"
                                        .formatted(code.number(), TASK, error.getMessage());
                        default -> "FAILED: " + code.hivePrefix() + " " + error.getMessage();
                    };
        };
    }

    private static String existing(SkepException error) {
        String message = error.getMessage();
        return switch (error.code()) {
            case TABLE_EXISTS -> "AlreadyExistsException(message:%s)".formatted(message);
            case PARTITION_EXISTS -> "AlreadyExistsException(message:%s)".formatted(message);
            case DATABASE_NOT_EMPTY -> "InvalidOperationException(message:%s)".formatted(message);
            default -> message;
        };
    }

    private static String placed(SkepException error, String message) {
        return error.location().map(place -> "Line " + place + " " + message).orElse(message);
    }

    // Hive puts the offending name in quotes where our sentences put it behind a colon.
    private static String quoted(ErrorCode code, String message) {
        if (code == ErrorCode.INVALID_COLUMN_REFERENCE && message.startsWith(COLUMN)) {
            String rest = message.substring(COLUMN.length());
            int end = rest.indexOf(" (");
            String name = end < 0 ? rest : rest.substring(0, end);
            return "Invalid table alias or column reference '%s':%s"
                    .formatted(name, end < 0 ? "" : rest.substring(end));
        }
        String wanted =
                switch (code) {
                    case TABLE_NOT_FOUND -> "Table not found";
                    case COLUMN_NOT_FOUND -> "Invalid column reference";
                    case INVALID_NUMBER -> "Invalid numerical constant";
                    case MISPLACED_AGGREGATE -> "Not yet supported place for UDAF";
                    case FUNCTION_NOT_FOUND -> "Invalid function";
                    case NOT_IN_GROUP_BY -> "Expression not in GROUP BY key";
                    default -> null;
                };
        int colon = message.indexOf(": ");
        if (wanted == null || colon < 0 || message.startsWith(wanted + " '")) {
            return message;
        }
        String name = message.substring(colon + 2);
        int end = code == ErrorCode.NOT_IN_GROUP_BY ? name.length() : endOfName(name);
        return "%s '%s'".formatted(wanted, name.substring(0, end));
    }

    // What follows the name, such as the nearest known one, is ours alone.
    private static int endOfName(String text) {
        int end = 0;
        while (end < text.length() && " ;,(".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /**
     * A short sentence and, if the failure has a place, the line with a caret under it.
     *
     * @param sql the statement as it was parsed
     */
    public static String brief(SkepException error, String sql) {
        Optional<SourceLocation> place = error.location();
        if (place.isEmpty()) {
            return error.getMessage();
        }
        SourceLocation at = place.get();
        String head = "line %s %s".formatted(at, error.getMessage());
        String[] lines = sql.split("\n", -1);
        if (at.line() < 1 || at.line() > lines.length) {
            return head;
        }
        String line = lines[at.line() - 1].stripTrailing();
        int column = Math.min(at.column(), line.length());
        StringBuilder caret = new StringBuilder();
        for (int i = 0; i < column; i++) {
            caret.append(line.charAt(i) == '\t' ? '\t' : ' ');
        }
        return head + "\n  " + line + "\n  " + caret + "^";
    }
}
