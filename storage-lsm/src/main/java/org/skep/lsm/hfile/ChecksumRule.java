package org.skep.lsm.hfile;

/**
 * Whether a block may be read whose checksum was compared. There is one right rule; tests plant
 * others, to see that they would notice. Stateless.
 */
@FunctionalInterface
interface ChecksumRule {
    /** Only blocks that are as they were written. */
    ChecksumRule EQUAL = (expected, found) -> expected == found;

    boolean accepts(int expected, int found);
}
