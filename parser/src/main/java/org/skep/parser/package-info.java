/**
 * Reads HiveQL: text into syntax trees, scripts into statements, lines into commands. Start at
 * {@link org.skep.parser.SqlParser}.
 */
package org.skep.parser;
