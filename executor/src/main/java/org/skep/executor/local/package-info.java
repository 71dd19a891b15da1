/**
 * Runs the stages of a query on the threads of this process. Start at {@link
 * org.skep.executor.local.LocalRunner}.
 */
package org.skep.executor.local;
