package org.skep.metastore;

/**
 * Names the journal of a write that is committed but whose files may not all be in place yet.
 * Immutable.
 *
 * @param id unique, without slashes
 * @param checksum of the journal's content, so that no other file is taken for it
 */
public record PendingJournal(String id, long checksum) {
    /** Checks the id. */
    public PendingJournal {
        if (id.isEmpty() || id.indexOf('/') >= 0) {
            throw new IllegalArgumentException("Journal id must be a plain name: " + id);
        }
    }
}
