package org.skep.engine.metadata;

/** A function as metadata calls list it. Immutable. */
public record FunctionInfo(String name, String description) {}
