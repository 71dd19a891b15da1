package org.skep.engine.publish;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.skep.metastore.PendingJournal;
import org.skep.metastore.Table;

/**
 * Which commits a reader sees: those up to one version of one table. Immutable.
 *
 * @param journals that the version names
 */
record ReadView(String tableId, long version, Set<String> journals) {
    /** What a reader of this version sees. */
    static ReadView of(Table table) {
        Set<String> journals = new HashSet<>();
        List<PendingJournal> pending = table.pendingJournals();
        pending.forEach(journal -> journals.add(journal.id()));
        return new ReadView(table.id(), table.version(), journals);
    }

    /** Whether the reader sees what a write did to its table. */
    boolean includes(LiveWrite write, LiveWrite.Part part) {
        if (journals.contains(write.journal().id())) {
            return true;
        }
        // A write that this version does not name was committed later, or so much earlier that it
        // is
        // cleared; then its own version is known.
        if (part.tableId().equals(tableId)) {
            return part.version() != 0 && part.version() <= version;
        }
        return write.committed();
    }
}
