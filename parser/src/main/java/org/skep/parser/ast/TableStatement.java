package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/**
 * Statements that make, change or remove tables, and those about their files and statistics.
 * Immutable.
 */
public sealed interface TableStatement extends Statement {
    /** Calls the method of {@code visitor} that is for this statement. */
    <R> R accept(TableStatement.Visitor<R> visitor);

    @Override
    default <R> R accept(Statement.Visitor<R> visitor) {
        return visitor.tableStatement(this);
    }

    /** One method a kind, and no default, so that a new kind is noticed everywhere. */
    interface Visitor<R> {
        R createTable(CreateTable node);

        R createTableLike(CreateTableLike node);

        R dropTable(DropTable node);

        R truncateTable(TruncateTable node);

        R alterTable(AlterTable node);

        R analyzeTable(AnalyzeTable node);

        R repairTable(RepairTable node);
    }

    /** CREATE TABLE, with {@code query} when it is CREATE TABLE AS. */
    record CreateTable(
            QualifiedName name,
            TableKind kind,
            boolean ifNotExists,
            List<ColumnDefinition> columns,
            List<Constraint> constraints,
            TableOptions options,
            Optional<Query> query,
            SourceSpan span)
            implements TableStatement {
        public CreateTable {
            columns = List.copyOf(columns);
            constraints = List.copyOf(constraints);
        }

        @Override
        public <R> R accept(TableStatement.Visitor<R> visitor) {
            return visitor.createTable(this);
        }
    }

    /** CREATE TABLE .. LIKE. */
    record CreateTableLike(
            QualifiedName name,
            TableKind kind,
            boolean ifNotExists,
            QualifiedName source,
            TableOptions options,
            SourceSpan span)
            implements TableStatement {
        @Override
        public <R> R accept(TableStatement.Visitor<R> visitor) {
            return visitor.createTableLike(this);
        }
    }

    /** DROP TABLE. */
    record DropTable(QualifiedName name, boolean ifExists, boolean purge, SourceSpan span)
            implements TableStatement {
        @Override
        public <R> R accept(TableStatement.Visitor<R> visitor) {
            return visitor.dropTable(this);
        }
    }

    /** TRUNCATE TABLE. */
    record TruncateTable(
            QualifiedName name,
            Optional<PartitionSpec> partition,
            List<Identifier> columns,
            boolean force,
            SourceSpan span)
            implements TableStatement {
        public TruncateTable {
            columns = List.copyOf(columns);
        }

        @Override
        public <R> R accept(TableStatement.Visitor<R> visitor) {
            return visitor.truncateTable(this);
        }
    }

    /** ALTER TABLE, one action. */
    record AlterTable(
            QualifiedName name,
            Optional<PartitionSpec> partition,
            AlterTableAction action,
            SourceSpan span)
            implements TableStatement {
        @Override
        public <R> R accept(TableStatement.Visitor<R> visitor) {
            return visitor.alterTable(this);
        }
    }

    /** ANALYZE TABLE; {@code columns} is empty for all. */
    record AnalyzeTable(
            QualifiedName name,
            Optional<PartitionSpec> partition,
            boolean noScan,
            boolean forColumns,
            List<Identifier> columns,
            boolean cacheMetadata,
            SourceSpan span)
            implements TableStatement {
        public AnalyzeTable {
            columns = List.copyOf(columns);
        }

        @Override
        public <R> R accept(TableStatement.Visitor<R> visitor) {
            return visitor.analyzeTable(this);
        }
    }

    /** MSCK REPAIR TABLE; without REPAIR it only looks. */
    record RepairTable(
            QualifiedName name,
            boolean repair,
            boolean addPartitions,
            boolean dropPartitions,
            Optional<PartitionSpec> partition,
            SourceSpan span)
            implements TableStatement {
        @Override
        public <R> R accept(TableStatement.Visitor<R> visitor) {
            return visitor.repairTable(this);
        }
    }
}
