package org.skep.lsm.wal;

/**
 * Whether a record may be read whose checksum was compared. There is one right rule; tests plant
 * others, to see that they would notice. Stateless.
 */
@FunctionalInterface
interface ChecksumRule {
    /** Only records that are as they were written. */
    ChecksumRule EQUAL = (expected, found) -> expected == found;

    boolean accepts(int expected, int found);
}
