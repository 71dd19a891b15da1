/**
 * Runs the SQL corpus: text files of statements with the rows or failures that they must give.
 *
 * <p>Start reading at {@link org.skep.sqltests.corpus.SqlCorpusTest}; the form of the files is in
 * {@link org.skep.sqltests.corpus.SqlFile}.
 */
package org.skep.sqltests.corpus;
