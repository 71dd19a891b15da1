package org.skep.engine;

import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.skep.base.time.Clock;

/** Makes ids of statements: the time to the second, a number, and what tells processes apart. */
final class QueryIds {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String PROCESS =
            Long.toString(new SecureRandom().nextLong(36L * 36 * 36 * 36 * 36), 36);
    private static final AtomicLong NEXT = new AtomicLong();

    private QueryIds() {}

    static String next(Clock clock) {
        return "%s-%s-%d".formatted(TIME.format(clock.now()), PROCESS, NEXT.incrementAndGet());
    }
}
