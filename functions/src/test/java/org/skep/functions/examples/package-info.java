/**
 * Runs the examples that functions declare. Start at {@link
 * org.skep.functions.examples.ExamplesTest}.
 */
package org.skep.functions.examples;
