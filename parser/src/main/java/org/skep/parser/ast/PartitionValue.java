package org.skep.parser.ast;

import java.util.Optional;

/**
 * One column of a partition; without a value it is dynamic, operators other than = stand only where
 * partitions are chosen. Immutable.
 */
public record PartitionValue(
        Identifier column, BinaryOperator operator, Optional<Expression> value, SourceSpan span)
        implements Node {}
