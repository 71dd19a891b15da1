package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/** Where an INSERT writes. Immutable. */
public sealed interface InsertTarget extends Node {
    /** Calls the method of {@code visitor} that is for this node. */
    <R> R accept(Visitor<R> visitor);

    /** One method a kind, and no default, so that a new kind is noticed everywhere. */
    interface Visitor<R> {
        R table(Table node);

        R directory(Directory node);
    }

    /** {@code INTO|OVERWRITE TABLE t [PARTITION (..)] [IF NOT EXISTS] [(columns)]}. */
    record Table(
            QualifiedName name,
            boolean overwrite,
            Optional<PartitionSpec> partition,
            boolean ifNotExists,
            List<Identifier> columns,
            SourceSpan span)
            implements InsertTarget {
        public Table {
            columns = List.copyOf(columns);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.table(this);
        }
    }

    /** {@code OVERWRITE [LOCAL] DIRECTORY 'path'}. */
    record Directory(
            String path,
            boolean local,
            Optional<RowFormat> rowFormat,
            Optional<StorageFormat> storage,
            SourceSpan span)
            implements InsertTarget {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.directory(this);
        }
    }
}
