package org.skep.plan.stage;

/**
 * All that a task needs besides its splits: it is what travels as bytes. Immutable.
 *
 * @param stage the fragment, the name and where rows go
 */
public record TaskFragment(QueryContext context, Stage stage) {}
