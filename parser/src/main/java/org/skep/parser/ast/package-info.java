/**
 * The syntax tree: what a statement says, with the place of every node, and nothing about what its
 * names mean. Start at {@link org.skep.parser.ast.Statement}, {@link org.skep.parser.ast.Query} and
 * {@link org.skep.parser.ast.Expression}.
 */
package org.skep.parser.ast;
