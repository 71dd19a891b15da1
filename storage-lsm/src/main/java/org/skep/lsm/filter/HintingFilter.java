package org.skep.lsm.filter;

/**
 * A filter that knows where to go on. In a list whose filters must all agree it is asked even if
 * another has rejected the cell or the row already.
 */
sealed interface HintingFilter
        permits ColumnPrefixFilter,
                ColumnRangeFilter,
                FuzzyRowFilter,
                MultiRowRangeFilter,
                MultipleColumnPrefixFilter,
                PrefixFilter,
                TimestampsFilter {}
