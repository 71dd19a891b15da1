/**
 * Makes the operators of a task from its fragment. Start at {@link
 * org.skep.executor.build.OperatorBuilder}.
 */
package org.skep.executor.build;
