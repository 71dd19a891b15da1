package org.skep.lsm.cell;

/**
 * Which optional parts follow the value of a cell in a run of bytes. A cell is {@code int keyLength
 * | int valueLength | key | value}, then {@code short tagsLength | tags} if there are tags, then
 * the sequence id as a Hadoop vlong if there are sequence ids; the key is {@code short rowLength |
 * row | byte familyLength | family | qualifier | long timestamp | byte type}. Big-endian.
 * Immutable.
 *
 * @param tags whether every cell has a tags part, perhaps empty
 * @param sequence whether every cell has a sequence id
 */
public record CellLayout(boolean tags, boolean sequence) {
    /** All parts. */
    public static final CellLayout FULL = new CellLayout(true, true);

    /** The cell alone. */
    public static final CellLayout PLAIN = new CellLayout(false, false);

    /** Bytes of a key beside row, family and qualifier. */
    public static final int KEY_OVERHEAD = 2 + 1 + 8 + 1;

    /** Bytes before the key: the two lengths. */
    public static final int LENGTHS = 8;

    /** The most bytes that a row may have; it has at least one. */
    public static final int MAX_ROW = Short.MAX_VALUE;

    /** The most bytes that a family's name may have. */
    public static final int MAX_FAMILY = Byte.MAX_VALUE;
}
