package org.skep.columnar.text;

/**
 * The lines of a split.
 *
 * @param lines at the first that is a row
 * @param end lines that begin from here on belong to the next split
 * @param mostRows how many lines are rows, at most
 */
record LineInput(LineBlocks lines, long end, long mostRows) {}
