package org.skep.base.config;

import java.util.Locale;
import java.util.function.Function;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * A declared setting: its name, type, default and what it does. The reference pages, {@code SET -v}
 * and the completer read these declarations. Immutable.
 *
 * @param <T> the type of the value
 */
public final class ConfigKey<T> {
    private final String name;
    private final String defaultText;
    private final String description;
    private final Function<String, T> reader;

    private ConfigKey(
            String name, String defaultText, String description, Function<String, T> reader) {
        this.name = name;
        this.defaultText = defaultText;
        this.description = description;
        this.reader = reader;
    }

    /** A setting that is on or off. */
    public static ConfigKey<Boolean> bool(String name, boolean value, String description) {
        return new ConfigKey<>(
                name, Boolean.toString(value), description, text -> readBoolean(name, text));
    }

    /** A whole number. */
    public static ConfigKey<Long> number(String name, long value, String description) {
        return new ConfigKey<>(
                name, Long.toString(value), description, text -> readNumber(name, text));
    }

    /**
     * A size in bytes, written as a number with an optional suffix k, m, g or t (powers of 1024).
     */
    public static ConfigKey<Long> bytes(String name, long value, String description) {
        return new ConfigKey<>(
                name, Long.toString(value), description, text -> readBytes(name, text));
    }

    /** A text. */
    public static ConfigKey<String> text(String name, String value, String description) {
        return new ConfigKey<>(name, value, description, Function.identity());
    }

    /** The name as a user writes it. */
    public String name() {
        return name;
    }

    /** The default, in the form in which SET prints it. */
    public String defaultText() {
        return defaultText;
    }

    /** What it does, in one sentence. */
    public String description() {
        return description;
    }

    /**
     * Reads a value.
     *
     * @throws SkepException INVALID_OPTION if the text is no value of this setting
     */
    public T read(String text) {
        return reader.apply(text.trim());
    }

    private static Boolean readBoolean(String name, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(name, "true or false", text);
        };
    }

    private static Long readNumber(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw invalid(name, "a whole number", text);
        }
    }

    private static Long readBytes(String name, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int shift =
                switch (lower.isEmpty() ? ' ' : lower.charAt(lower.length() - 1)) {
                    case 'k' -> 10;
                    case 'm' -> 20;
                    case 'g' -> 30;
                    case 't' -> 40;
                    default -> 0;
                };
        try {
            long number =
                    Long.parseLong(shift == 0 ? lower : lower.substring(0, lower.length() - 1));
            return Math.multiplyExact(number, 1L << shift);
        } catch (ArithmeticException | NumberFormatException e) {
            throw invalid(name, "a size such as 512m", text);
        }
    }

    private static SkepException invalid(String name, String rule, String text) {
        return new SkepException(
                ErrorCode.INVALID_OPTION, "Setting %s must be %s: %s".formatted(name, rule, text));
    }
}
