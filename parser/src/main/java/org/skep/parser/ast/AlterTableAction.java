package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/** What ALTER TABLE does. Immutable. */
public sealed interface AlterTableAction extends Node {
    /** Calls the method of {@code visitor} that is for this node. */
    <R> R accept(Visitor<R> visitor);

    /** One method a kind, and no default, so that a new kind is noticed everywhere. */
    interface Visitor<R> {
        R rename(Rename node);

        R renamePartition(RenamePartition node);

        R addColumns(AddColumns node);

        R replaceColumns(ReplaceColumns node);

        R changeColumn(ChangeColumn node);

        R dropColumn(DropColumn node);

        R addPartitions(AddPartitions node);

        R dropPartitions(DropPartitions node);

        R addConstraint(AddConstraint node);

        R dropConstraint(DropConstraint node);

        R setProperties(SetProperties node);

        R unsetProperties(UnsetProperties node);

        R setLocation(SetLocation node);

        R setFileFormat(SetFileFormat node);

        R setSerde(SetSerde node);

        R setSerdeProperties(SetSerdeProperties node);

        R unsetSerdeProperties(UnsetSerdeProperties node);

        R setOwner(SetOwner node);

        R clusterBy(ClusterBy node);

        R setBucketCount(SetBucketCount node);

        R dropBucketing(DropBucketing node);

        R touch(Touch node);

        R changePartitionColumn(ChangePartitionColumn node);

        R exchangePartition(ExchangePartition node);
    }

    /** {@code RENAME TO t}. */
    record Rename(QualifiedName newName, SourceSpan span) implements AlterTableAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.rename(this);
        }
    }

    /** {@code PARTITION (..) RENAME TO PARTITION (..)}. */
    record RenamePartition(PartitionSpec newSpec, SourceSpan span) implements AlterTableAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.renamePartition(this);
        }
    }

    /** {@code ADD COLUMNS (..)}. */
    record AddColumns(List<ColumnDefinition> columns, boolean cascade, SourceSpan span)
            implements AlterTableAction {
        public AddColumns {
            columns = List.copyOf(columns);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.addColumns(this);
        }
    }

    /** {@code REPLACE COLUMNS (..)}. */
    record ReplaceColumns(List<ColumnDefinition> columns, boolean cascade, SourceSpan span)
            implements AlterTableAction {
        public ReplaceColumns {
            columns = List.copyOf(columns);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.replaceColumns(this);
        }
    }

    /** {@code CHANGE COLUMN a b type [FIRST|AFTER c]}. */
    record ChangeColumn(
            Identifier column,
            ColumnDefinition definition,
            boolean first,
            Optional<Identifier> after,
            boolean cascade,
            SourceSpan span)
            implements AlterTableAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.changeColumn(this);
        }
    }

    /** {@code DROP COLUMN a}. */
    record DropColumn(Identifier column, boolean ifExists, SourceSpan span)
            implements AlterTableAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.dropColumn(this);
        }
    }

    /** {@code ADD [IF NOT EXISTS] PARTITION (..) [LOCATION '..'] ..}. */
    record AddPartitions(List<AddedPartition> partitions, boolean ifNotExists, SourceSpan span)
            implements AlterTableAction {
        public AddPartitions {
            partitions = List.copyOf(partitions);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.addPartitions(this);
        }
    }

    /** {@code DROP [IF EXISTS] PARTITION (..), ..}. */
    record DropPartitions(
            List<PartitionSpec> partitions, boolean ifExists, boolean purge, SourceSpan span)
            implements AlterTableAction {
        public DropPartitions {
            partitions = List.copyOf(partitions);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.dropPartitions(this);
        }
    }

    /** {@code ADD CONSTRAINT ..}. */
    record AddConstraint(Constraint constraint, SourceSpan span) implements AlterTableAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.addConstraint(this);
        }
    }

    /** {@code DROP CONSTRAINT n}. */
    record DropConstraint(Identifier name, SourceSpan span) implements AlterTableAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.dropConstraint(this);
        }
    }

    /** {@code SET TBLPROPERTIES (..)}. */
    record SetProperties(List<Property> properties, SourceSpan span) implements AlterTableAction {
        public SetProperties {
            properties = List.copyOf(properties);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setProperties(this);
        }
    }

    /** {@code UNSET TBLPROPERTIES (..)}. */
    record UnsetProperties(List<String> keys, boolean ifExists, SourceSpan span)
            implements AlterTableAction {
        public UnsetProperties {
            keys = List.copyOf(keys);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unsetProperties(this);
        }
    }

    /** {@code SET LOCATION '..'}. */
    record SetLocation(String path, SourceSpan span) implements AlterTableAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setLocation(this);
        }
    }

    /** {@code SET FILEFORMAT f}. */
    record SetFileFormat(StorageFormat format, SourceSpan span) implements AlterTableAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setFileFormat(this);
        }
    }

    /** {@code SET SERDE 'class' ..}. */
    record SetSerde(String className, List<Property> properties, SourceSpan span)
            implements AlterTableAction {
        public SetSerde {
            properties = List.copyOf(properties);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setSerde(this);
        }
    }

    /** {@code SET SERDEPROPERTIES (..)}. */
    record SetSerdeProperties(List<Property> properties, SourceSpan span)
            implements AlterTableAction {
        public SetSerdeProperties {
            properties = List.copyOf(properties);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setSerdeProperties(this);
        }
    }

    /** {@code UNSET SERDEPROPERTIES (..)}. */
    record UnsetSerdeProperties(List<String> keys, SourceSpan span) implements AlterTableAction {
        public UnsetSerdeProperties {
            keys = List.copyOf(keys);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unsetSerdeProperties(this);
        }
    }

    /** {@code SET OWNER USER u}. */
    record SetOwner(PrincipalKind kind, Identifier owner, SourceSpan span)
            implements AlterTableAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setOwner(this);
        }
    }

    /** {@code CLUSTERED BY (..) [SORTED BY (..)] INTO n BUCKETS}. */
    record ClusterBy(Bucketing bucketing, SourceSpan span) implements AlterTableAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.clusterBy(this);
        }
    }

    /** {@code INTO n BUCKETS}. */
    record SetBucketCount(int buckets, SourceSpan span) implements AlterTableAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setBucketCount(this);
        }
    }

    /** {@code NOT CLUSTERED}, or {@code NOT SORTED}, which takes away the order alone. */
    record DropBucketing(boolean orderOnly, SourceSpan span) implements AlterTableAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.dropBucketing(this);
        }
    }

    /** {@code TOUCH [PARTITION (..)]}. */
    record Touch(Optional<PartitionSpec> partition, SourceSpan span) implements AlterTableAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.touch(this);
        }
    }

    /** {@code PARTITION COLUMN (a type)}. */
    record ChangePartitionColumn(Identifier column, TypeName type, SourceSpan span)
            implements AlterTableAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.changePartitionColumn(this);
        }
    }

    /** {@code EXCHANGE PARTITION (..) WITH TABLE source}. */
    record ExchangePartition(PartitionSpec partition, QualifiedName source, SourceSpan span)
            implements AlterTableAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.exchangePartition(this);
        }
    }
}
