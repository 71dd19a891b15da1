package org.skep.engine.statement;

import org.skep.engine.result.StatementResult;
import org.skep.engine.session.StatementContext;
import org.skep.metastore.CatalogueChange;
import org.skep.metastore.PartitionEdits;
import org.skep.metastore.Table;

/** Commits another definition of a table, with who changed it and when. Confined to one thread. */
final class TableCommit {
    private final StatementContext context;
    private final Table table;

    TableCommit(StatementContext context, Table table) {
        this.context = context;
        this.table = table;
    }

    StatementResult commit(Table changed) {
        return commit(changed, PartitionEdits.NONE);
    }

    StatementResult commit(Table changed, PartitionEdits edits) {
        Table stamped =
                changed.toBuilder()
                        .property("last_modified_by", context.session().user())
                        .property(
                                "last_modified_time",
                                Long.toString(context.instant().getEpochSecond()))
                        .build();
        context.catalogue()
                .catalogue()
                .commit(CatalogueChange.builder().alter(table, stamped, edits).build());
        return Results.done(context);
    }
}
