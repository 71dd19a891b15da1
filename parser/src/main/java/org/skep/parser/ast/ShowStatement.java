package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/**
 * SHOW in its forms. Patterns are as written, Hive's {@code *} and {@code |} included. Immutable.
 */
public sealed interface ShowStatement extends Statement {
    /** Calls the method of {@code visitor} that is for this statement. */
    <R> R accept(ShowStatement.Visitor<R> visitor);

    @Override
    default <R> R accept(Statement.Visitor<R> visitor) {
        return visitor.showStatement(this);
    }

    /** One method a kind, and no default, so that a new kind is noticed everywhere. */
    interface Visitor<R> {
        R showDatabases(ShowDatabases node);

        R showTables(ShowTables node);

        R showViews(ShowViews node);

        R showColumns(ShowColumns node);

        R showFunctions(ShowFunctions node);

        R showPartitions(ShowPartitions node);

        R showCreateDatabase(ShowCreateDatabase node);

        R showCreateTable(ShowCreateTable node);

        R showTableExtended(ShowTableExtended node);

        R showTableProperties(ShowTableProperties node);

        R showConf(ShowConf node);
    }

    /** SHOW DATABASES. */
    record ShowDatabases(Optional<String> pattern, SourceSpan span) implements ShowStatement {
        @Override
        public <R> R accept(ShowStatement.Visitor<R> visitor) {
            return visitor.showDatabases(this);
        }
    }

    /** SHOW TABLES. */
    record ShowTables(
            boolean extended,
            Optional<Identifier> database,
            Optional<String> pattern,
            Optional<String> tableType,
            SourceSpan span)
            implements ShowStatement {
        @Override
        public <R> R accept(ShowStatement.Visitor<R> visitor) {
            return visitor.showTables(this);
        }
    }

    /** SHOW [MATERIALIZED] VIEWS. */
    record ShowViews(
            boolean materialized,
            Optional<Identifier> database,
            Optional<String> pattern,
            SourceSpan span)
            implements ShowStatement {
        @Override
        public <R> R accept(ShowStatement.Visitor<R> visitor) {
            return visitor.showViews(this);
        }
    }

    /** SHOW COLUMNS. */
    record ShowColumns(
            boolean sorted,
            QualifiedName table,
            Optional<Identifier> database,
            Optional<String> pattern,
            SourceSpan span)
            implements ShowStatement {
        @Override
        public <R> R accept(ShowStatement.Visitor<R> visitor) {
            return visitor.showColumns(this);
        }
    }

    /** SHOW FUNCTIONS. */
    record ShowFunctions(Optional<String> pattern, SourceSpan span) implements ShowStatement {
        @Override
        public <R> R accept(ShowStatement.Visitor<R> visitor) {
            return visitor.showFunctions(this);
        }
    }

    /** SHOW PARTITIONS. */
    record ShowPartitions(
            QualifiedName table,
            Optional<PartitionSpec> partition,
            Optional<Expression> where,
            List<SortItem> orderBy,
            Optional<Limit> limit,
            SourceSpan span)
            implements ShowStatement {
        public ShowPartitions {
            orderBy = List.copyOf(orderBy);
        }

        @Override
        public <R> R accept(ShowStatement.Visitor<R> visitor) {
            return visitor.showPartitions(this);
        }
    }

    /** SHOW CREATE DATABASE. */
    record ShowCreateDatabase(QualifiedName name, SourceSpan span) implements ShowStatement {
        @Override
        public <R> R accept(ShowStatement.Visitor<R> visitor) {
            return visitor.showCreateDatabase(this);
        }
    }

    /** SHOW CREATE TABLE. */
    record ShowCreateTable(QualifiedName name, SourceSpan span) implements ShowStatement {
        @Override
        public <R> R accept(ShowStatement.Visitor<R> visitor) {
            return visitor.showCreateTable(this);
        }
    }

    /** SHOW TABLE EXTENDED. */
    record ShowTableExtended(
            Optional<Identifier> database,
            String pattern,
            Optional<PartitionSpec> partition,
            SourceSpan span)
            implements ShowStatement {
        @Override
        public <R> R accept(ShowStatement.Visitor<R> visitor) {
            return visitor.showTableExtended(this);
        }
    }

    /** SHOW TBLPROPERTIES. */
    record ShowTableProperties(QualifiedName table, Optional<String> key, SourceSpan span)
            implements ShowStatement {
        @Override
        public <R> R accept(ShowStatement.Visitor<R> visitor) {
            return visitor.showTableProperties(this);
        }
    }

    /** SHOW CONF. */
    record ShowConf(String key, SourceSpan span) implements ShowStatement {
        @Override
        public <R> R accept(ShowStatement.Visitor<R> visitor) {
            return visitor.showConf(this);
        }
    }
}
