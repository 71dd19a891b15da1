package org.skep.parser.ast;

import java.util.Optional;

/** A partition to add, perhaps elsewhere. Immutable. */
public record AddedPartition(
        PartitionSpec spec, Optional<String> partitionLocation, SourceSpan span) implements Node {}
