package org.skep.rpc.schema;

import java.util.ArrayList;
import java.util.List;

/** The columns of a result, in order. Immutable. */
public final class TableSchema {
    private final List<ColumnDescriptor> columns;

    /** A schema of these columns. */
    public TableSchema(List<ColumnDescriptor> columns) {
        this.columns = List.copyOf(columns);
    }

    /** A builder without columns. */
    public static Builder builder() {
        return new Builder();
    }

    /** The columns. */
    public List<ColumnDescriptor> columns() {
        return columns;
    }

    /** The column with that place, counted from 0. */
    public ColumnDescriptor column(int index) {
        return columns.get(index);
    }

    /** The number of columns. */
    public int size() {
        return columns.size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TableSchema && columns.equals(((TableSchema) other).columns);
    }

    @Override
    public int hashCode() {
        return columns.hashCode();
    }

    @Override
    public String toString() {
        return columns.toString();
    }

    /** Collects columns. Confined to one thread. */
    public static final class Builder {
        private final List<ColumnDescriptor> columns = new ArrayList<>();

        private Builder() {}

        /** Adds a column whose type has no qualifiers. */
        public Builder add(String name, TypeId type) {
            return add(name, TypeDescriptor.of(type));
        }

        /** Adds a column. */
        public Builder add(String name, TypeDescriptor type) {
            columns.add(new ColumnDescriptor(name, type));
            return this;
        }

        /** The schema of all columns added. */
        public TableSchema build() {
            return new TableSchema(columns);
        }
    }
}
