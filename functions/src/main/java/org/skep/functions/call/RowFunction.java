package org.skep.functions.call;

/** A function computed a row at a time. */
@FunctionalInterface
public interface RowFunction {
    /** Reads the arguments of the call's current row and sets its result. */
    void evaluate(RowCall call);
}
