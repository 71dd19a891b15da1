package org.skep.parser;

/**
 * One statement of a script. Immutable.
 *
 * @param text without the semicolon and without blanks and comments around it
 * @param line the line of the script on which the text begins, counted from 1
 */
public record ScriptStatement(String text, int line) {}
