package org.skep.metastore;

import java.util.Map;
import java.util.Optional;

/** One part of a {@link CatalogueChange}. Immutable. */
public sealed interface CatalogueStep {
    /** Calls the method of this kind of step. */
    <R> R accept(Visitor<R> visitor);

    /** One method a kind of step. */
    interface Visitor<R> {
        /** A table is created. */
        R createTable(CreateTable step);

        /** A table is changed. */
        R alterTable(AlterTable step);

        /** A table is dropped. */
        R dropTable(DropTable step);

        /** A database is dropped. */
        R dropDatabase(DropDatabase step);
    }

    /**
     * Creates a table or view, with its first partitions. Fails with TABLE_EXISTS or
     * DATABASE_NOT_FOUND.
     *
     * @param columnStatistics by column id
     */
    record CreateTable(
            Table definition,
            PartitionEdits partitions,
            Map<Integer, ColumnStatistics> columnStatistics)
            implements CatalogueStep {
        /** Copies the map. */
        public CreateTable {
            columnStatistics = Map.copyOf(columnStatistics);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.createTable(this);
        }
    }

    /**
     * Replaces {@code base} by {@code changed}, under another name if that differs. Fails with
     * CONFLICT if the table is no longer what {@code base} says.
     *
     * @param columnStatistics by column id; empty keeps what is there
     */
    record AlterTable(
            Table base,
            Table changed,
            PartitionEdits partitions,
            Optional<Map<Integer, ColumnStatistics>> columnStatistics)
            implements CatalogueStep {
        /** Checks that both are the same table. */
        public AlterTable {
            columnStatistics = columnStatistics.map(Map::copyOf);
            if (!base.id().equals(changed.id()) || base.id().isEmpty()) {
                throw new IllegalArgumentException(
                        "A change must be of the same table: " + base.qualifiedName());
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.alterTable(this);
        }
    }

    /**
     * Drops a table or view with its partitions and statistics. Fails with CONFLICT if the table is
     * no longer what {@code base} says.
     */
    record DropTable(Table base) implements CatalogueStep {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.dropTable(this);
        }
    }

    /**
     * Drops a database; its tables must be dropped before or in the same change. Fails with
     * DATABASE_NOT_EMPTY, or CONFLICT if the database is no longer what {@code base} says.
     */
    record DropDatabase(Database base) implements CatalogueStep {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.dropDatabase(this);
        }
    }
}
