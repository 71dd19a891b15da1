/**
 * Evaluates small SQL expressions over the catalogue, to run the examples that functions declare.
 * Start at {@link org.skep.functions.sql.DeclaredExamplesTest}.
 */
package org.skep.functions.sql;
