/**
 * What a statement gives back: typed rows, counts and warnings. Start at {@link
 * org.skep.engine.result.StatementResult}.
 */
package org.skep.engine.result;
