package org.skep.columnar.parquet;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Turns instants into local times of a zone, remembering the offset between two transitions.
 * Confined to one thread.
 */
final class ZoneShift {
    private static final long MICROS = 1_000_000;

    private final ZoneRules rules;
    private long from = 1;
    private long to;
    private long offset;

    ZoneShift(ZoneId zone) {
        rules = zone.getRules();
    }

    /** Local time, in microseconds as if it were UTC, of an instant in microseconds. */
    long toLocal(long micros) {
        long second = Math.floorDiv(micros, MICROS);
        if (second < from || second >= to) {
            locate(second);
        }
        return micros + offset * MICROS;
    }

    private void locate(long second) {
        Instant instant = Instant.ofEpochSecond(second);
        offset = rules.getOffset(instant).getTotalSeconds();
        ZoneOffsetTransition next = rules.nextTransition(instant);
        ZoneOffsetTransition previous = rules.previousTransition(instant.plusSeconds(1));
        to = next == null ? Long.MAX_VALUE : next.toEpochSecond();
        from = previous == null ? Long.MIN_VALUE : previous.toEpochSecond();
    }
}
