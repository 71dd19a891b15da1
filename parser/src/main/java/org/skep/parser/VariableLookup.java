package org.skep.parser;

import java.util.Optional;

/** Where variables of a text get their values. Threads: as the implementation says. */
@FunctionalInterface
public interface VariableLookup {
    /** The value of a variable, empty if it has none. */
    Optional<String> value(Namespace namespace, String name);

    /** The kinds of variables, each with names of its own. */
    enum Namespace {
        /** Settings: {@code ${hiveconf:name}}. */
        HIVECONF,
        /** The user's own variables: {@code ${hivevar:name}} or {@code ${name}}. */
        HIVEVAR,
        /** System properties: {@code ${system:name}}. */
        SYSTEM,
        /** The environment: {@code ${env:name}}. */
        ENV
    }
}
