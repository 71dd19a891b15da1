/**
 * What a running task has: services, memory, statistics, and the evaluation context of its
 * expressions. Start at {@link org.skep.executor.task.TaskContext}.
 */
package org.skep.executor.task;
