package org.skep.metastore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happens in one commit: all of it or nothing. Immutable.
 *
 * @param journal kept by the catalogue itself until {@link Catalogue#clearJournal}; for changes
 *     that leave no table to carry it, such as drops
 */
public record CatalogueChange(List<CatalogueStep> steps, Optional<PendingJournal> journal) {
    /** Copies the list. */
    public CatalogueChange {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("A change must have a step");
        }
    }

    /** Starts an empty change. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects steps. Confined to one thread. */
    public static final class Builder {
        private final List<CatalogueStep> steps = new ArrayList<>();
        private Optional<PendingJournal> journal = Optional.empty();

        private Builder() {}

        /** Creates a table or view. */
        public Builder create(Table definition) {
            return step(new CatalogueStep.CreateTable(definition, PartitionEdits.NONE, Map.of()));
        }

        /** Replaces {@code base} by {@code changed}. */
        public Builder alter(Table base, Table changed) {
            return alter(base, changed, PartitionEdits.NONE);
        }

        /** Replaces {@code base} by {@code changed} and edits its partitions. */
        public Builder alter(Table base, Table changed, PartitionEdits partitions) {
            return step(new CatalogueStep.AlterTable(base, changed, partitions, Optional.empty()));
        }

        /** Drops a table or view. */
        public Builder drop(Table base) {
            return step(new CatalogueStep.DropTable(base));
        }

        /** Drops a database. */
        public Builder drop(Database base) {
            return step(new CatalogueStep.DropDatabase(base));
        }

        /** Any step. */
        public Builder step(CatalogueStep step) {
            steps.add(step);
            return this;
        }

        /** Keeps a journal in the catalogue, in the same commit. */
        public Builder journal(PendingJournal value) {
            journal = Optional.of(value);
            return this;
        }

        /** The change. */
        public CatalogueChange build() {
            return new CatalogueChange(steps, journal);
        }
    }
}
