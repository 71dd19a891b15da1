package org.skep.lsm.hfile;

/**
 * MurmurHash 2 as HBase computes it: the last one to three bytes are taken as signed. Stored in
 * bloom filters: never change. Stateless.
 */
final class Murmur2 {
    private static final int MULTIPLIER = 0x5bd1e995;

    private Murmur2() {}

    static int hash(byte[] data, int offset, int length, int seed) {
        int hash = seed ^ length;
        int at = offset;
        for (int words = length >> 2; words > 0; words--) {
            int word =
                    (data[at] & 0xff)
                            | (data[at + 1] & 0xff) << 8
                            | (data[at + 2] & 0xff) << 16
                            | data[at + 3] << 24;
            at += 4;
            word *= MULTIPLIER;
            word ^= word >>> 24;
            word *= MULTIPLIER;
            hash *= MULTIPLIER;
            hash ^= word;
        }
        int left = length & 3;
        if (left != 0) {
            if (left >= 3) {
                hash ^= data[at + 2] << 16;
            }
            if (left >= 2) {
                hash ^= data[at + 1] << 8;
            }
            hash ^= data[at];
            hash *= MULTIPLIER;
        }
        hash ^= hash >>> 13;
        hash *= MULTIPLIER;
        hash ^= hash >>> 15;
        return hash;
    }
}
