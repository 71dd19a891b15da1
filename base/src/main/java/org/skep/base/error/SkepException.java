package org.skep.base.error;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A failure that a user can see: a code of the catalogue, a sentence, and where in the statement it
 * lies if it lies there. Anything else that is thrown is a bug of ours.
 */
public final class SkepException extends RuntimeException {
    private final ErrorCode code;
    private final SourceLocation location;
    private final int argument;

    /** A failure that belongs to no place in the statement. */
    public SkepException(ErrorCode code, String message) {
        this(code, null, message, null);
    }

    /** A failure with its cause; the cause is for the log, never for the user. */
    public SkepException(ErrorCode code, String message, Throwable cause) {
        this(code, null, message, cause);
    }

    /** A failure at a place in the statement. */
    public SkepException(ErrorCode code, SourceLocation location, String message) {
        this(code, location, message, null);
    }

    /** A failure at a place in the statement ({@code location} may be null), with its cause. */
    public SkepException(ErrorCode code, SourceLocation location, String message, Throwable cause) {
        this(code, location, -1, message, cause);
    }

    private SkepException(
            ErrorCode code,
            SourceLocation location,
            int argument,
            String message,
            Throwable cause) {
        super(message, cause);
        this.code = code;
        this.location = location;
        this.argument = argument;
    }

    /**
     * A failure of an argument of a call, to be placed by whoever knows where the arguments are.
     *
     * @param index counts the arguments from 0
     */
    public static SkepException ofArgument(ErrorCode code, int index, String message) {
        return new SkepException(code, null, index, message, null);
    }

    /** Which argument of a call is at fault, counted from 0, if it is one of them alone. */
    public OptionalInt argument() {
        return argument < 0 ? OptionalInt.empty() : OptionalInt.of(argument);
    }

    /** The code from the catalogue. */
    public ErrorCode code() {
        return code;
    }

    /** Where in the statement the failure lies. */
    public Optional<SourceLocation> location() {
        return Optional.ofNullable(location);
    }

    /** The same failure, placed at {@code place} unless it already has a place. */
    public SkepException at(SourceLocation place) {
        if (location != null || place == null) {
            return this;
        }
        SkepException placed = new SkepException(code, place, argument, getMessage(), getCause());
        placed.setStackTrace(getStackTrace());
        return placed;
    }
}
