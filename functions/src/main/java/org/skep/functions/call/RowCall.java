package org.skep.functions.call;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.skep.functions.api.EvalContext;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;

/**
 * One row of a call, as functions see it that are too rare for loops of their own: arguments by
 * index through primitive and byte getters, and setters of the result. A result that is not set is
 * NULL. Confined to one thread.
 */
public final class RowCall {
    private final ColumnVector[] vectors;
    private final boolean[] constants;
    private final String[] texts;
    private final ColumnVector out;
    private final EvalContext context;
    private int row;
    private boolean returned;

    RowCall(ColumnVector[] arguments, ColumnVector out, EvalContext context) {
        vectors = new ColumnVector[arguments.length];
        constants = new boolean[arguments.length];
        texts = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            constants[i] = arguments[i] instanceof ConstantVector;
            vectors[i] =
                    arguments[i] instanceof ConstantVector constant
                            ? constant.value()
                            : arguments[i];
        }
        this.out = out;
        this.context = context;
    }

    void moveTo(int newRow) {
        row = newRow;
        returned = false;
    }

    boolean hasReturned() {
        return returned;
    }

    /** How many arguments there are. */
    public int count() {
        return vectors.length;
    }

    /** The position of the current row in the result. */
    public int row() {
        return row;
    }

    /** The statement's context. */
    public EvalContext context() {
        return context;
    }

    /** The flat vector of an argument, to be read at {@link #position}. */
    public ColumnVector vector(int argument) {
        return vectors[argument];
    }

    /** Where the current row's value is in {@link #vector}. */
    public int position(int argument) {
        return constants[argument] ? 0 : row;
    }

    /** Whether an argument is the same in all rows. */
    public boolean isConstant(int argument) {
        return constants[argument];
    }

    /** Whether an argument is NULL. */
    public boolean isNull(int argument) {
        return vectors[argument].isNull(position(argument));
    }

    /** An integer. */
    public long longAt(int argument) {
        return ((LongVector) vectors[argument]).values()[position(argument)];
    }

    /** An integer, moved into the range of {@code int} if it lies beyond. */
    public int intAt(int argument) {
        long value = longAt(argument);
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }

    /** A double. */
    public double doubleAt(int argument) {
        return ((DoubleVector) vectors[argument]).values()[position(argument)];
    }

    /** A boolean. */
    public boolean booleanAt(int argument) {
        return ((BooleanVector) vectors[argument]).values()[position(argument)];
    }

    /** The buffer in which a text or binary argument lies. */
    public byte[] dataOf(int argument) {
        return ((BytesVector) vectors[argument]).data();
    }

    /** Where in its buffer a text or binary argument begins. */
    public int startOf(int argument) {
        return ((BytesVector) vectors[argument]).starts()[position(argument)];
    }

    /** How many bytes a text or binary argument has. */
    public int lengthOf(int argument) {
        return ((BytesVector) vectors[argument]).lengths()[position(argument)];
    }

    /** A copy of the bytes of a text or binary argument. */
    public byte[] bytesAt(int argument) {
        int start = startOf(argument);
        return Arrays.copyOfRange(dataOf(argument), start, start + lengthOf(argument));
    }

    /** A text; made once a batch if it is constant. */
    public String textAt(int argument) {
        if (texts[argument] != null) {
            return texts[argument];
        }
        String text =
                new String(
                        dataOf(argument),
                        startOf(argument),
                        lengthOf(argument),
                        StandardCharsets.UTF_8);
        if (constants[argument]) {
            texts[argument] = text;
        }
        return text;
    }

    /** The result is an integer. */
    public void returns(long value) {
        ((LongVector) out).values()[row] = value;
        returned = true;
    }

    /** The result is a double. */
    public void returns(double value) {
        ((DoubleVector) out).values()[row] = value;
        returned = true;
    }

    /** The result is a boolean. */
    public void returns(boolean value) {
        ((BooleanVector) out).values()[row] = value;
        returned = true;
    }

    /** The result is a text. */
    public void returns(String value) {
        ((BytesVector) out).set(row, value);
        returned = true;
    }

    /** The result is a run of bytes. */
    public void returns(byte[] data, int start, int length) {
        ((BytesVector) out).set(row, data, start, length);
        returned = true;
    }

    /** The result is all of {@code data}. */
    public void returns(byte[] data) {
        returns(data, 0, data.length);
    }

    /** The result is a value of a flat vector of the return type. */
    public void returnsCopy(ColumnVector source, int position) {
        out.copyOne(source, position, row);
        returned = true;
    }

    /** The result vector, into which the caller writes at {@link #row} a value that is not NULL. */
    public ColumnVector returnsInto() {
        returned = true;
        return out;
    }
}
