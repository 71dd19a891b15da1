package org.skep.lsm.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.error.SkepException;
import org.skep.base.time.Clock;

/** Waiting without waiting. */
final class ThrottleTest {
    private long nanos = 5_000_000_000L;
    private final List<Long> waits = new ArrayList<>();
    private final CancelFlag cancel = new CancelFlag();

    private final Clock clock =
            new Clock() {
                @Override
                public Instant now() {
                    return Instant.EPOCH;
                }

                @Override
                public long nanoTime() {
                    return nanos;
                }
            };

    private Throttle throttle(long rate) {
        return new Throttle(
                clock,
                rate,
                wait -> {
                    waits.add(wait);
                    nanos += wait;
                });
    }

    @Test
    void keepsToTheRateInShortWaits() {
        Throttle throttle = throttle(1 << 20);
        long start = nanos;
        for (int i = 0; i < 160; i++) {
            throttle.spent(64 << 10, cancel);
        }
        assertThat((nanos - start) / 1e9).isBetween(9.9, 10.1);
        assertThat(waits).allMatch(wait -> wait <= 20_000_000);
    }

    @Test
    void doesNotSaveUpWhatWasNotUsed() {
        Throttle throttle = throttle(1 << 20);
        throttle.spent(1, cancel);
        nanos += 3_600_000_000_000L;
        long start = nanos;
        throttle.spent(1 << 20, cancel);
        assertThat((nanos - start) / 1e9).isBetween(0.95, 1.0);
    }

    @Test
    void stopsWaitingWhenItIsCancelledOrUnlimited() {
        Throttle throttle =
                new Throttle(
                        clock,
                        1,
                        wait -> {
                            waits.add(wait);
                            cancel.cancel();
                        });
        assertThatThrownBy(() -> throttle.spent(1000, cancel)).isInstanceOf(SkepException.class);
        assertThat(waits).hasSize(1);
        Throttle unlimited = throttle(Throttle.UNLIMITED);
        unlimited.spent(Long.MAX_VALUE, new CancelFlag());
        assertThat(waits).hasSize(1);
    }
}
