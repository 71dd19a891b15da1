package org.skep.parser.ast;

import java.math.BigDecimal;
import java.util.List;

/**
 * TABLESAMPLE; which fields are filled depends on the kind: bucket and buckets and expressions, or
 * an amount of percent, rows or bytes. Immutable.
 */
public record TableSample(
        Kind kind, BigDecimal amount, long buckets, List<Expression> expressions, SourceSpan span)
        implements Node {
    public TableSample {
        expressions = List.copyOf(expressions);
    }

    /** What is counted. */
    public enum Kind {
        BUCKET,
        PERCENT,
        ROWS,
        BYTES
    }
}
