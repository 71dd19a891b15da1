package org.skep.functions.decimal;

import org.skep.types.DecimalType;

/**
 * A signed integer of up to 512 bits that is worked on in place: the slow lane of decimal
 * arithmetic, for values that do not fit in a {@code long}. Sign and magnitude; limbs of 32 bits,
 * lowest first. Confined to one thread; reused from row to row.
 */
public final class WideInteger {
    private static final int LIMBS = 16;
    private static final long LIMB = 0xFFFFFFFFL;
    private static final int BILLION = 1_000_000_000;
    private static final long[] MAX_HIGH = new long[DecimalType.MAX_PRECISION + 1];
    private static final long[] MAX_LOW = new long[DecimalType.MAX_PRECISION + 1];

    static {
        WideInteger power = new WideInteger();
        power.set(1L);
        for (int digits = 0; digits <= DecimalType.MAX_PRECISION; digits++) {
            MAX_HIGH[digits] = power.high();
            MAX_LOW[digits] = power.low();
            power.scaleUp(1);
        }
    }

    private final int[] limbs = new int[LIMBS];
    private final int[] scratch = new int[2 * LIMBS];
    private int size;
    private boolean negative;

    /** Becomes {@code value}. */
    public void set(long value) {
        set(value >> 63, value);
    }

    /** Becomes the two's complement number of 128 bits. */
    public void set(long high, long low) {
        negative = high < 0;
        long h = high;
        long l = low;
        if (negative) {
            l = -l;
            h = ~h + (l == 0 ? 1 : 0);
        }
        limbs[0] = (int) l;
        limbs[1] = (int) (l >>> 32);
        limbs[2] = (int) h;
        limbs[3] = (int) (h >>> 32);
        size = 4;
        trim();
    }

    /** Becomes the other's value. */
    public void set(WideInteger other) {
        System.arraycopy(other.limbs, 0, limbs, 0, other.size);
        size = other.size;
        negative = other.negative;
    }

    /** -1, 0 or 1. */
    public int signum() {
        return size == 0 ? 0 : negative ? -1 : 1;
    }

    /** Changes the sign. */
    public void negate() {
        negative = !negative && size > 0;
    }

    /** Drops the sign. */
    public void absolute() {
        negative = false;
    }

    /** The low word of the two's complement. */
    public long low() {
        long low = magnitudeWord(0);
        return negative ? -low : low;
    }

    /** The high word of the two's complement. */
    public long high() {
        long high = magnitudeWord(2);
        if (!negative) {
            return high;
        }
        return ~high + (magnitudeWord(0) == 0 ? 1 : 0);
    }

    /** Whether the value has at most {@code digits} decimal digits, which are 1 to 38. */
    public boolean fitsDigits(int digits) {
        if (size > 4) {
            return false;
        }
        long high = magnitudeWord(2);
        if (high != MAX_HIGH[digits]) {
            return Long.compareUnsigned(high, MAX_HIGH[digits]) < 0;
        }
        return Long.compareUnsigned(magnitudeWord(0), MAX_LOW[digits]) < 0;
    }

    /** The value as the nearest double, about; exact up to 53 bits. */
    public double toDouble() {
        if (size <= 2) {
            long magnitude = magnitudeWord(0);
            if (magnitude >= 0) {
                return negative ? -(double) magnitude : (double) magnitude;
            }
        }
        return toBigInteger().doubleValue();
    }

    /** The value as an object; for rare paths. */
    public java.math.BigInteger toBigInteger() {
        java.math.BigInteger value = java.math.BigInteger.ZERO;
        for (int i = size - 1; i >= 0; i--) {
            value = value.shiftLeft(32).add(java.math.BigInteger.valueOf(limbs[i] & LIMB));
        }
        return negative ? value.negate() : value;
    }

    /** Adds the other. */
    public void add(WideInteger other) {
        addSigned(other, other.negative);
    }

    /** Subtracts the other. */
    public void subtract(WideInteger other) {
        addSigned(other, !other.negative);
    }

    private void addSigned(WideInteger other, boolean otherNegative) {
        if (other.size == 0) {
            return;
        }
        if (size == 0) {
            set(other);
            negative = otherNegative;
        } else if (negative == otherNegative) {
            addMagnitude(other);
        } else if (compareMagnitude(other) >= 0) {
            subtractMagnitude(limbs, size, other.limbs, other.size);
            trim();
        } else {
            System.arraycopy(other.limbs, 0, scratch, 0, other.size);
            subtractMagnitude(scratch, other.size, limbs, size);
            size = other.size;
            System.arraycopy(scratch, 0, limbs, 0, size);
            negative = otherNegative;
            trim();
        }
    }

    private void addMagnitude(WideInteger other) {
        int longest = Math.max(size, other.size);
        long carry = 0;
        for (int i = 0; i < longest; i++) {
            long sum = carry;
            sum += i < size ? limbs[i] & LIMB : 0;
            sum += i < other.size ? other.limbs[i] & LIMB : 0;
            limbs[i] = (int) sum;
            carry = sum >>> 32;
        }
        size = longest;
        if (carry != 0) {
            limbs[size++] = (int) carry;
        }
    }

    private static void subtractMagnitude(int[] from, int fromSize, int[] what, int whatSize) {
        long borrow = 0;
        for (int i = 0; i < fromSize; i++) {
            long difference = (from[i] & LIMB) - (i < whatSize ? what[i] & LIMB : 0) - borrow;
            from[i] = (int) difference;
            borrow = difference < 0 ? 1 : 0;
        }
    }

    private int compareMagnitude(WideInteger other) {
        if (size != other.size) {
            return Integer.compare(size, other.size);
        }
        for (int i = size - 1; i >= 0; i--) {
            if (limbs[i] != other.limbs[i]) {
                return Integer.compareUnsigned(limbs[i], other.limbs[i]);
            }
        }
        return 0;
    }

    /** Multiplies by the other; both together have at most 512 bits. */
    public void multiply(WideInteger other) {
        int total = size + other.size;
        java.util.Arrays.fill(scratch, 0, total, 0);
        for (int i = 0; i < size; i++) {
            long carry = 0;
            long a = limbs[i] & LIMB;
            for (int j = 0; j < other.size; j++) {
                long product = a * (other.limbs[j] & LIMB) + (scratch[i + j] & LIMB) + carry;
                scratch[i + j] = (int) product;
                carry = product >>> 32;
            }
            scratch[i + other.size] = (int) carry;
        }
        negative = negative != other.negative;
        size = total;
        while (size > 0 && scratch[size - 1] == 0) {
            size--;
        }
        System.arraycopy(scratch, 0, limbs, 0, size);
        trim();
    }

    /** Multiplies by 10 to the {@code digits}. */
    public void scaleUp(int digits) {
        int left = digits;
        while (left > 0) {
            int step = Math.min(left, 9);
            multiplySmall((int) PowersOfTen.ofLong(step));
            left -= step;
        }
    }

    private void multiplySmall(int factor) {
        long carry = 0;
        for (int i = 0; i < size; i++) {
            long product = (limbs[i] & LIMB) * factor + carry;
            limbs[i] = (int) product;
            carry = product >>> 32;
        }
        if (carry != 0) {
            limbs[size++] = (int) carry;
        }
    }

    /**
     * Divides by 10 to the {@code digits}, rounding halves away from zero.
     *
     * @return whether digits other than zeros were lost
     */
    public boolean scaleDown(int digits) {
        if (digits == 0) {
            return false;
        }
        boolean lost = truncateDigits(digits - 1);
        int last = divideSmall(10);
        if (last >= 5) {
            increment();
        }
        trim();
        return lost || last != 0;
    }

    /**
     * Divides by 10 to the {@code digits}, rounding halves to the even neighbour.
     *
     * @return whether digits other than zeros were lost
     */
    public boolean scaleDownToEven(int digits) {
        if (digits == 0) {
            return false;
        }
        boolean lost = truncateDigits(digits - 1);
        int last = divideSmall(10);
        boolean odd = size > 0 && (limbs[0] & 1) != 0;
        if (last > 5 || (last == 5 && (lost || odd))) {
            increment();
        }
        trim();
        return lost || last != 0;
    }

    /**
     * Divides by 10 to the {@code digits}, cutting the rest.
     *
     * @return whether digits other than zeros were lost
     */
    public boolean truncateDigits(int digits) {
        boolean lost = false;
        int left = digits;
        while (left > 0) {
            int step = Math.min(left, 9);
            lost |= divideSmall(step == 9 ? BILLION : (int) PowersOfTen.ofLong(step)) != 0;
            left -= step;
        }
        trim();
        return lost;
    }

    /** Adds 1 to the magnitude; makes 0 into 1. */
    public void increment() {
        for (int i = 0; i < size; i++) {
            if (++limbs[i] != 0) {
                return;
            }
        }
        limbs[size++] = 1;
    }

    private int divideSmall(int divisor) {
        long remainder = 0;
        for (int i = size - 1; i >= 0; i--) {
            long current = (remainder << 32) | (limbs[i] & LIMB);
            limbs[i] = (int) (current / divisor);
            remainder = current % divisor;
        }
        while (size > 0 && limbs[size - 1] == 0) {
            size--;
        }
        return (int) remainder;
    }

    /**
     * Divides by the other, which is not 0: becomes the quotient, cut; {@code remainder} receives
     * the rest, with the sign of the dividend.
     */
    public void divide(WideInteger other, WideInteger remainder) {
        boolean quotientNegative = negative != other.negative;
        boolean restNegative = negative;
        if (compareMagnitude(other) < 0) {
            remainder.set(this);
            size = 0;
            negative = false;
            return;
        }
        if (other.size == 1) {
            divideByLimb(other.limbs[0], remainder);
        } else {
            divideLong(other, remainder);
        }
        negative = quotientNegative;
        remainder.negative = restNegative;
        trim();
        remainder.trim();
    }

    private void divideByLimb(int divisor, WideInteger remainder) {
        long rest = 0;
        for (int i = size - 1; i >= 0; i--) {
            long current = (rest << 32) | (limbs[i] & LIMB);
            limbs[i] = (int) Long.divideUnsigned(current, divisor & LIMB);
            rest = Long.remainderUnsigned(current, divisor & LIMB);
        }
        remainder.limbs[0] = (int) rest;
        remainder.size = 1;
    }

    // Knuth, The Art of Computer Programming, volume 2, 4.3.1, algorithm D.
    private void divideLong(WideInteger other, WideInteger remainder) {
        int n = other.size;
        int m = size - n;
        int shift = Integer.numberOfLeadingZeros(other.limbs[n - 1]);
        int[] divisor = remainder.scratch;
        shiftLeft(other.limbs, n, shift, divisor);
        int[] rest = scratch;
        shiftLeft(limbs, size, shift, rest);
        long top = divisor[n - 1] & LIMB;
        long second = divisor[n - 2] & LIMB;
        for (int j = m; j >= 0; j--) {
            long current = ((long) rest[j + n] << 32) | (rest[j + n - 1] & LIMB);
            long guess = Long.divideUnsigned(current, top);
            long over = Long.remainderUnsigned(current, top);
            while (guess > LIMB
                    || Long.compareUnsigned(guess * second, (over << 32) | (rest[j + n - 2] & LIMB))
                            > 0) {
                guess--;
                over += top;
                if (over > LIMB) {
                    break;
                }
            }
            if (subtractProduct(rest, j, divisor, n, guess)) {
                guess--;
                addBack(rest, j, divisor, n);
            }
            limbs[j] = (int) guess;
        }
        size = m + 1;
        for (int i = 0; i < n; i++) {
            long pair = (rest[i] & LIMB) | ((long) rest[i + 1] << 32);
            remainder.limbs[i] = (int) (pair >>> shift);
        }
        remainder.size = n;
    }

    private static void shiftLeft(int[] from, int count, int shift, int[] to) {
        long carry = 0;
        for (int i = 0; i < count; i++) {
            long wide = ((from[i] & LIMB) << shift) | carry;
            to[i] = (int) wide;
            carry = wide >>> 32;
        }
        to[count] = (int) carry;
    }

    private static boolean subtractProduct(int[] rest, int at, int[] divisor, int n, long guess) {
        long borrow = 0;
        long carry = 0;
        for (int i = 0; i < n; i++) {
            long product = guess * (divisor[i] & LIMB) + carry;
            carry = product >>> 32;
            long difference = (rest[at + i] & LIMB) - (product & LIMB) - borrow;
            rest[at + i] = (int) difference;
            borrow = difference < 0 ? 1 : 0;
        }
        long difference = (rest[at + n] & LIMB) - carry - borrow;
        rest[at + n] = (int) difference;
        return difference < 0;
    }

    private static void addBack(int[] rest, int at, int[] divisor, int n) {
        long carry = 0;
        for (int i = 0; i < n; i++) {
            long sum = (rest[at + i] & LIMB) + (divisor[i] & LIMB) + carry;
            rest[at + i] = (int) sum;
            carry = sum >>> 32;
        }
        rest[at + n] += (int) carry;
    }

    /** Divides by the other, which is not 0, rounding halves away from zero. */
    public void divideRounded(WideInteger other, WideInteger remainder) {
        boolean resultNegative = negative != other.negative;
        divide(other, remainder);
        remainder.negative = false;
        remainder.multiplySmall(2);
        if (remainder.compareMagnitude(other) >= 0) {
            increment();
            negative = resultNegative;
        }
    }

    private long magnitudeWord(int at) {
        long low = at < size ? limbs[at] & LIMB : 0;
        long high = at + 1 < size ? limbs[at + 1] & LIMB : 0;
        return low | (high << 32);
    }

    private void trim() {
        while (size > 0 && limbs[size - 1] == 0) {
            size--;
        }
        if (size == 0) {
            negative = false;
        }
    }
}
