package org.skep.parser.ast;

import java.util.List;

/** {@code PARTITION (a = 1, b)}. Immutable. */
public record PartitionSpec(List<PartitionValue> values, SourceSpan span) implements Node {
    public PartitionSpec {
        values = List.copyOf(values);
    }
}
