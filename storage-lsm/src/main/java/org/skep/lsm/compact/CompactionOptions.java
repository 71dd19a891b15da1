package org.skep.lsm.compact;

import java.time.Duration;

/**
 * When files are joined; the defaults are HBase's. Immutable.
 *
 * @param minFiles at least so many files are joined
 * @param maxFiles at most so many, unless a user asks for all
 * @param ratio no file of a choice may have more bytes than the others together, times this
 * @param offPeakRatio the same in hours when there is little to do
 * @param minBytes choices with fewer bytes are good, whatever their ratio
 * @param maxBytes choices with more bytes are not
 * @param stuckFiles with so many files a choice is made even if none is good
 * @param majorPeriod how long after the last time all files are joined; zero for never
 * @param majorJitter by which part of it that is sooner or later, so that not all fall together
 */
public record CompactionOptions(
        int minFiles,
        int maxFiles,
        double ratio,
        double offPeakRatio,
        long minBytes,
        long maxBytes,
        int stuckFiles,
        Duration majorPeriod,
        double majorJitter) {
    /** HBase's: 3 to 10 files, ratio 1.2, 128 MB, all files every 7 days. */
    public static final CompactionOptions DEFAULT =
            new CompactionOptions(
                    3, 10, 1.2, 5.0, 128L << 20, Long.MAX_VALUE, 16, Duration.ofDays(7), 0.5);

    public CompactionOptions {
        if (minFiles < 2 || maxFiles < minFiles || stuckFiles < minFiles) {
            throw new IllegalArgumentException(
                    "Invalid numbers of files: %d, %d, %d"
                            .formatted(minFiles, maxFiles, stuckFiles));
        }
        if (ratio <= 0
                || offPeakRatio <= 0
                || majorPeriod.isNegative()
                || majorJitter < 0
                || majorJitter > 1) {
            throw new IllegalArgumentException(
                    "Invalid ratios or period: %s, %s, %s, %s"
                            .formatted(ratio, offPeakRatio, majorPeriod, majorJitter));
        }
    }

    /** The same with another least number of bytes. */
    public CompactionOptions withMinBytes(long bytes) {
        return new CompactionOptions(
                minFiles,
                maxFiles,
                ratio,
                offPeakRatio,
                bytes,
                maxBytes,
                stuckFiles,
                majorPeriod,
                majorJitter);
    }

    /** The same with other numbers of files. */
    public CompactionOptions withFiles(int min, int max, int stuck) {
        return new CompactionOptions(
                min, max, ratio, offPeakRatio, minBytes, maxBytes, stuck, majorPeriod, majorJitter);
    }

    /** The same with another greatest number of bytes. */
    public CompactionOptions withMaxBytes(long bytes) {
        return new CompactionOptions(
                minFiles,
                maxFiles,
                ratio,
                offPeakRatio,
                minBytes,
                bytes,
                stuckFiles,
                majorPeriod,
                majorJitter);
    }

    /** The same with another period of joining all files. */
    public CompactionOptions withMajor(Duration period, double jitter) {
        return new CompactionOptions(
                minFiles,
                maxFiles,
                ratio,
                offPeakRatio,
                minBytes,
                maxBytes,
                stuckFiles,
                period,
                jitter);
    }
}
