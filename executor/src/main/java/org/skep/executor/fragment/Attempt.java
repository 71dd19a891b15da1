package org.skep.executor.fragment;

/**
 * One attempt at a task. Immutable.
 *
 * @param name differs from that of any other attempt of the query: letters, digits, {@code _} and
 *     {@code -}; files are written below a directory of that name
 * @param task number of the task within its stage, from 0
 * @param tasks how many tasks the stage has
 */
public record Attempt(String name, int task, int tasks) {}
