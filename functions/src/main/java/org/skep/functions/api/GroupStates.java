package org.skep.functions.api;

/**
 * The states of one aggregate within the rows of a table of groups. Each group is a row of {@code
 * stride} words that holds the states of all its aggregates side by side; this aggregate's words
 * begin at {@code offset} of the row. Doubles are kept as raw bits. The words may move when groups
 * are added: read {@link #words} once a batch. Confined to one thread.
 */
public final class GroupStates {
    private final int stride;
    private final int offset;
    private long[] words;

    /** A view on rows of {@code stride} words in {@code words}. */
    public GroupStates(long[] words, int stride, int offset) {
        this.words = words;
        this.stride = stride;
        this.offset = offset;
    }

    /** All rows of all groups. */
    public long[] words() {
        return words;
    }

    /** Follows the rows to where they moved. */
    public void moveTo(long[] newWords) {
        words = newWords;
    }

    /** Words in a row. */
    public int stride() {
        return stride;
    }

    /** Where this aggregate's words begin in a row. */
    public int offset() {
        return offset;
    }

    /** The index of this aggregate's first word for a group. */
    public int at(int group) {
        return group * stride + offset;
    }
}
