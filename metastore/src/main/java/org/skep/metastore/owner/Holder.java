package org.skep.metastore.owner;

import java.time.Instant;
import java.util.Optional;

/**
 * The process that owns a data directory. Immutable.
 *
 * @param pid its process id, 0 if unknown
 * @param started when it opened the directory
 * @param url where it serves, if it does
 */
public record Holder(long pid, Instant started, Optional<String> url) {
    /** The lines of the LOCK file. */
    String lines() {
        return "pid=%d%nstarted=%s%n".formatted(pid, started)
                + url.map("url=%s%n"::formatted).orElse("");
    }

    /** Reads the lines of a LOCK file; what is missing or makes no sense is left unknown. */
    static Holder of(String lines) {
        long pid = 0;
        Instant started = Instant.EPOCH;
        Optional<String> url = Optional.empty();
        for (String line : lines.lines().toList()) {
            int equals = line.indexOf('=');
            String key = equals < 0 ? "" : line.substring(0, equals);
            String value = line.substring(equals + 1);
            if (key.equals("pid") && value.matches("[0-9]{1,18}")) {
                pid = Long.parseLong(value);
            } else if (key.equals("started") && value.matches("[0-9T:.-]{19,29}Z")) {
                started = instant(value);
            } else if (key.equals("url") && !value.isEmpty()) {
                url = Optional.of(value);
            }
        }
        return new Holder(pid, started, url);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (java.time.format.DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    @Override
    public String toString() {
        return pid == 0
                ? "another process"
                : "process %d since %s".formatted(pid, started)
                        + url.map(text -> ", which serves " + text).orElse("");
    }
}
