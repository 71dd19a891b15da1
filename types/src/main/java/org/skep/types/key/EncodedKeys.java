package org.skep.types.key;

import java.util.Arrays;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/** Keys as runs of bytes in one buffer, numbered from 0. Confined to one thread. */
public final class EncodedKeys {
    private static final int MAX_BYTES = Integer.MAX_VALUE - 16;

    private byte[] data = new byte[256];
    private int[] ends = new int[16];
    private int count;

    /** How many keys there are. */
    public int count() {
        return count;
    }

    /** The buffer; moves when keys are added. */
    public byte[] data() {
        return data;
    }

    /** Where key {@code index} begins in the buffer. */
    public int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /** Where key {@code index} ends in the buffer. */
    public int end(int index) {
        return ends[index];
    }

    /** The bytes of all keys together. */
    public int bytes() {
        return count == 0 ? 0 : ends[count - 1];
    }

    /** A copy of a key. */
    public byte[] copy(int index) {
        return Arrays.copyOfRange(data, start(index), ends[index]);
    }

    /** Forgets all keys but keeps the memory. */
    public void clear() {
        count = 0;
    }

    /** Compares two keys of this buffer as unsigned bytes. */
    public int compare(int left, int right) {
        return Arrays.compareUnsigned(
                data, start(left), ends[left], data, start(right), ends[right]);
    }

    /** Compares a key of this buffer with one of another. */
    public int compare(int left, EncodedKeys other, int right) {
        return Arrays.compareUnsigned(
                data, start(left), ends[left], other.data, other.start(right), other.ends[right]);
    }

    /** Compares a key of this buffer with bytes. */
    public int compare(int left, byte[] other) {
        return Arrays.compareUnsigned(data, start(left), ends[left], other, 0, other.length);
    }

    /** The first eight bytes of a key as a number whose unsigned order agrees with the key's. */
    public long prefix(int index) {
        int at = start(index);
        int end = Math.min(ends[index], at + 8);
        long prefix = 0;
        for (int shift = 56; at < end; at++, shift -= 8) {
            prefix |= (data[at] & 0xFFL) << shift;
        }
        return prefix;
    }

    /** Bytes on the heap. */
    public long retainedBytes() {
        return data.length + 4L * ends.length;
    }

    /** Adds {@code lengths.length} keys of the given lengths, their bytes yet to be written. */
    void extend(int[] lengths, int keys) {
        if (ends.length < count + keys) {
            ends = Arrays.copyOf(ends, Math.max(count + keys, ends.length + (ends.length >> 1)));
        }
        long end = bytes();
        for (int k = 0; k < keys; k++) {
            end += lengths[k];
            if (end > MAX_BYTES) {
                throw new SkepException(ErrorCode.MEMORY_LIMIT, "Keys of a sort exceed 2 GB");
            }
            ends[count + k] = (int) end;
        }
        count += keys;
        if (end > data.length) {
            data =
                    Arrays.copyOf(
                            data,
                            (int)
                                    Math.min(
                                            MAX_BYTES,
                                            Math.max(end, data.length + (long) data.length / 2)));
        }
    }
}
