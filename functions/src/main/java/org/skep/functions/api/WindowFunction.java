package org.skep.functions.api;

/**
 * The declaration of a function that has a meaning only over a window, such as {@code row_number};
 * its evaluation belongs to the window operator, which knows these functions by name. Immutable.
 *
 * @param name in lower case
 * @param binder the typing rule
 * @param usesFrame whether the frame matters
 * @param description for DESCRIBE FUNCTION
 */
public record WindowFunction(String name, Binder binder, boolean usesFrame, String description) {}
