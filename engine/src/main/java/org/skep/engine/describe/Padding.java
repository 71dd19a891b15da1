package org.skep.engine.describe;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.skep.engine.result.TextRows;

/** The rows of which descriptions are made. Stateless. */
final class Padding {
    private static final int WIDTH = 20;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss zzz yyyy", Locale.ENGLISH);

    private Padding() {}

    static String pad(String text) {
        return text.length() >= WIDTH ? text : text + " ".repeat(WIDTH - text.length());
    }

    /** {@code Label: value}, as in the detailed information. */
    static List<String> labelled(String label, String value) {
        return TextRows.row(pad(label), pad(value), null);
    }

    /** A parameter below its heading. */
    static List<String> parameter(String key, String value) {
        return TextRows.row("", pad(key), pad(value));
    }

    static List<String> heading(String text) {
        return TextRows.row(text, null, null);
    }

    static List<String> blank() {
        return TextRows.row("", null, null);
    }

    static String time(Instant instant, ZoneId zone) {
        return TIME.format(instant.atZone(zone));
    }
}
