package org.skep.parser.ast;

import java.util.List;
import java.util.Optional;

/** DESCRIBE in its forms. Immutable. */
public sealed interface DescribeStatement extends Statement {
    /** Calls the method of {@code visitor} that is for this statement. */
    <R> R accept(DescribeStatement.Visitor<R> visitor);

    @Override
    default <R> R accept(Statement.Visitor<R> visitor) {
        return visitor.describeStatement(this);
    }

    /** One method a kind, and no default, so that a new kind is noticed everywhere. */
    interface Visitor<R> {
        R describeDatabase(DescribeDatabase node);

        R describeFunction(DescribeFunction node);

        R describeTable(DescribeTable node);
    }

    /** DESCRIBE DATABASE. */
    record DescribeDatabase(boolean extended, QualifiedName name, SourceSpan span)
            implements DescribeStatement {
        @Override
        public <R> R accept(DescribeStatement.Visitor<R> visitor) {
            return visitor.describeDatabase(this);
        }
    }

    /** DESCRIBE FUNCTION; the name may be an operator. */
    record DescribeFunction(boolean extended, String name, SourceSpan span)
            implements DescribeStatement {
        @Override
        public <R> R accept(DescribeStatement.Visitor<R> visitor) {
            return visitor.describeFunction(this);
        }
    }

    /**
     * DESCRIBE of a table, a partition or a column; the path is empty unless a column is named, and
     * may go on into fields and {@code $elem$}, {@code $key$}, {@code $value$}.
     */
    record DescribeTable(
            Mode mode,
            QualifiedName name,
            Optional<PartitionSpec> partition,
            List<String> columnPath,
            SourceSpan span)
            implements DescribeStatement {
        public DescribeTable {
            columnPath = List.copyOf(columnPath);
        }

        @Override
        public <R> R accept(DescribeStatement.Visitor<R> visitor) {
            return visitor.describeTable(this);
        }

        /** How much is told. */
        public enum Mode {
            PLAIN,
            EXTENDED,
            FORMATTED
        }
    }
}
