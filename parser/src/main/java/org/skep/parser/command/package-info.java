/**
 * Commands that are not SQL: SET, RESET, ADD JAR, DFS and their like. Start at {@link
 * org.skep.parser.command.CommandRecognizer}.
 */
package org.skep.parser.command;
