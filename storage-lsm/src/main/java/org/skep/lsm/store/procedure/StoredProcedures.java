package org.skep.lsm.store.procedure;

import java.util.Locale;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.lsm.store.meta.ProcedureRecord;

/** Makes procedures of what meta has of them. Immutable. */
public record StoredProcedures(RegionHost host) {
    /**
     * The procedure that a record is of.
     *
     * @throws SkepException CORRUPT_FILE
     */
    public Procedure decode(ProcedureRecord record) {
        String where = "procedure %d (%s)".formatted(record.id(), record.kind());
        if (record.kind().equals(LoadFiles.KIND)) {
            return LoadFiles.decode(host, record.payload(), where);
        }
        String name = record.kind().toUpperCase(Locale.ROOT);
        for (ReplaceRegions.Kind kind : ReplaceRegions.Kind.values()) {
            if (kind.name().equals(name)) {
                return ReplaceRegions.decode(host, kind, record.payload(), where);
            }
        }
        for (ModifyTable.Kind kind : ModifyTable.Kind.values()) {
            if (kind.name().equals(name)) {
                return ModifyTable.decode(host, kind, record.payload(), where);
            }
        }
        throw new SkepException(ErrorCode.CORRUPT_FILE, "Procedure is of no known kind: " + where);
    }
}
