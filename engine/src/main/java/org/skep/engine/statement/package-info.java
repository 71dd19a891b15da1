/**
 * What statements do, one class a family. Start at {@link
 * org.skep.engine.statement.StatementExecutor}.
 */
package org.skep.engine.statement;
