package org.skep.server;

import java.time.Duration;
import org.skep.rpc.FetchOrientation;
import org.skep.rpc.FetchType;
import org.skep.rpc.HiveServiceException;
import org.skep.rpc.OperationHandle;
import org.skep.rpc.OperationState;
import org.skep.rpc.OperationStatus;
import org.skep.rpc.StatusDetail;
import org.skep.rpc.rows.RowSet;
import org.skep.rpc.schema.TableSchema;
import org.skep.server.metadata.MetadataTable;

/** A metadata call, which is over when it is made. Guarded by itself. */
final class MetadataOperation implements Operation {
    private final OperationHandle handle;
    private final MetadataTable table;
    private final long madeMillis;
    private long next;

    MetadataOperation(OperationHandle handle, MetadataTable table, long madeMillis) {
        this.handle = handle;
        this.table = table;
        this.madeMillis = madeMillis;
    }

    @Override
    public OperationHandle handle() {
        return handle;
    }

    @Override
    public OperationStatus status(Duration wait, StatusDetail detail) {
        return OperationStatus.builder(OperationState.FINISHED)
                .hasResultSet(true)
                .times(madeMillis, madeMillis)
                .build();
    }

    @Override
    public TableSchema schema() {
        return table.schema();
    }

    @Override
    public synchronized RowSet fetch(FetchOrientation orientation, long maxRows, FetchType type)
            throws HiveServiceException {
        if (type == FetchType.LOG) {
            return StatementOperation.NO_LOGS;
        }
        switch (orientation) {
            case NEXT -> {}
            case FIRST -> next = 0;
            case PRIOR, RELATIVE, ABSOLUTE, LAST ->
                    throw HiveServiceException.notSupported("Fetching " + orientation);
        }
        RowSet rows = table.rows(next, maxRows);
        next += rows.rowCount();
        return rows;
    }

    @Override
    public void cancel() {
        // Over already.
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    @Override
    public String queryId() {
        return handle.identifier().toString();
    }
}
