package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/**
 * The clauses after the columns of a CREATE TABLE. A partition column of CREATE TABLE AS has no
 * type: it stands in {@code partitionNames}. Immutable.
 */
public record TableOptions(
        Optional<String> comment,
        List<ColumnDefinition> partitionColumns,
        List<Identifier> partitionNames,
        List<Expression> partitionTransforms,
        Optional<Bucketing> bucketing,
        Optional<Skew> skew,
        List<SortItem> writeOrder,
        Optional<RowFormat> rowFormat,
        Optional<StorageFormat> storage,
        Optional<String> tableLocation,
        List<Property> properties,
        SourceSpan span)
        implements Node {
    public TableOptions {
        partitionColumns = List.copyOf(partitionColumns);
        partitionNames = List.copyOf(partitionNames);
        partitionTransforms = List.copyOf(partitionTransforms);
        writeOrder = List.copyOf(writeOrder);
        properties = List.copyOf(properties);
    }
}
