package org.skep.tez.task;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.ErrorKind;
import org.skep.base.error.SkepException;

/**
 * A failure of a task in a form that survives Tez's diagnostics, which are text with much around
 * it. Immutable.
 */
public final class TaskFailure extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final Pattern MARK = Pattern.compile("skep-failure:([A-Z_]+):([A-Za-z0-9_-]*);");

    private final boolean hopeless;

    private TaskFailure(ErrorCode code, String message, boolean hopeless, Throwable cause) {
        super("skep-failure:%s:%s;".formatted(code.name(), encoded(message)), cause, false, false);
        this.hopeless = hopeless;
    }

    private static String encoded(String message) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(message.getBytes(StandardCharsets.UTF_8));
    }

    /** The failure of a task that ended with {@code problem}. */
    static TaskFailure of(Throwable problem) {
        if (problem instanceof SkepException known) {
            boolean mayPass =
                    known.code().kind() == ErrorKind.ENVIRONMENT
                            && known.code() != ErrorCode.MEMORY_LIMIT;
            return new TaskFailure(known.code(), known.getMessage(), !mayPass, known);
        }
        if (problem instanceof OutOfMemoryError) {
            return new TaskFailure(
                    ErrorCode.MEMORY_LIMIT, "Memory of the task's process exhausted", true, null);
        }
        return new TaskFailure(
                ErrorCode.INTERNAL, "Internal error: " + problem.getMessage(), true, problem);
    }

    /** Whether another attempt would fail too. */
    boolean hopeless() {
        return hopeless;
    }

    /** The first failure that a text of Tez's tells of. */
    public static Optional<SkepException> find(String diagnostics) {
        Matcher matcher = MARK.matcher(diagnostics);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String message =
                new String(Base64.getUrlDecoder().decode(matcher.group(2)), StandardCharsets.UTF_8);
        return Optional.of(new SkepException(ErrorCode.valueOf(matcher.group(1)), message));
    }
}
