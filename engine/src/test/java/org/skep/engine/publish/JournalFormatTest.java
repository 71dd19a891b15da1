package org.skep.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

class JournalFormatTest {
    private static final Journal JOURNAL =
            new Journal(
                    "0000000000000001-abc",
                    "query",
                    Instant.ofEpochMilli(1_700_000_000_123L),
                    List.of(
                            new Journal.Part(
                                    "id",
                                    "d\u00fc",
                                    "t",
                                    false,
                                    List.of("/w/t"),
                                    List.of(new FileMove("/w/t/_s/f", "/w/t/f", 12, 34)),
                                    List.of(new FileMove("/w/t/old", "/w/t/_t/old", 5, -1)),
                                    List.of("/w/t/p=1")),
                            new Journal.Part(
                                    "", "d", "u", true, List.of(), List.of(), List.of(),
                                    List.of())),
                    List.of("/w/t/_s"));

    @Test
    void whatIsWrittenIsRead() {
        byte[] bytes = JournalFormat.bytes(JOURNAL);
        assertThat(JournalFormat.read("j", bytes)).isEqualTo(JOURNAL);
        assertThat(Arrays.copyOf(bytes, 8)).containsExactly('S', 'K', 'P', 'J', 0, 0, 0, 1);
    }

    @Test
    void everyFlippedBitAndEveryShorterFileIsNoticed() {
        byte[] bytes = JournalFormat.bytes(JOURNAL);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(code(flipped)).isIn(ErrorCode.CORRUPT_FILE, ErrorCode.FORMAT_TOO_NEW);
        }
        for (int length = 0; length < bytes.length; length++) {
            assertThat(code(Arrays.copyOf(bytes, length))).isEqualTo(ErrorCode.CORRUPT_FILE);
        }
    }

    private static ErrorCode code(byte[] bytes) {
        return catchThrowableOfType(
                        SkepException.class, () -> JournalFormat.read("the journal", bytes))
                .code();
    }
}
