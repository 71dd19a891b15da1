package org.skep.engine.publish;

import java.util.List;

/** What one statement publishes, all of it or nothing. Immutable. */
public record Publication(String queryId, List<TableChange> changes) {
    /** Copies the list. */
    public Publication {
        changes = List.copyOf(changes);
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("A publication must have a change");
        }
    }
}
