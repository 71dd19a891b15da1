/**
 * Tests of the whole warehouse: what SQL answers, and which code may know which.
 *
 * <p>Start reading at {@link org.skep.sqltests.corpus.SqlCorpusTest}.
 */
package org.skep.sqltests;
