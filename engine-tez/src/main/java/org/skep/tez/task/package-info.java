/**
 * What runs in Tez's processes: the tasks of a stage, and how they are scheduled. Start at {@link
 * org.skep.tez.task.StageProcessor}.
 */
package org.skep.tez.task;
