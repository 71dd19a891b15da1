package org.skep.functions.api;

import java.util.List;

/** The typing rule of a function. Stateless. */
@FunctionalInterface
public interface Binder {
    /**
     * Types a call.
     *
     * @throws org.skep.base.error.SkepException WRONG_ARGUMENT_COUNT, WRONG_ARGUMENT_TYPE or
     *     WRONG_ARGUMENTS, without a place; the caller adds it
     */
    Binding bind(List<Argument> arguments);
}
