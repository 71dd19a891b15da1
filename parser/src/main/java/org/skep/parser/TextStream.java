package org.skep.parser;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * A text for the lexer, counted in UTF-16 units as every offset here is. Confined to one thread.
 */
final class TextStream implements CharStream {
    private final String text;
    private int position;

    TextStream(String text) {
        this.text = text;
    }

    @Override
    public String getText(Interval interval) {
        int end = Math.min(interval.b + 1, text.length());
        return interval.a >= end ? "" : text.substring(interval.a, end);
    }

    @Override
    public void consume() {
        if (position >= text.length()) {
            throw new IllegalStateException("Nothing left to consume");
        }
        position++;
    }

    @Override
    public int LA(int offset) {
        int index = offset > 0 ? position + offset - 1 : position + offset;
        return index >= 0 && index < text.length() ? text.charAt(index) : IntStream.EOF;
    }

    @Override
    public int mark() {
        return -1;
    }

    @Override
    public void release(int marker) {
        // The whole text stays at hand, so marks mean nothing.
    }

    @Override
    public int index() {
        return position;
    }

    @Override
    public void seek(int index) {
        position = index;
    }

    @Override
    public int size() {
        return text.length();
    }

    @Override
    public String getSourceName() {
        return IntStream.UNKNOWN_SOURCE_NAME;
    }
}
