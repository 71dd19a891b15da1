package org.skep.server;

import java.time.Duration;
import org.skep.rpc.FetchOrientation;
import org.skep.rpc.FetchType;
import org.skep.rpc.HiveServiceException;
import org.skep.rpc.OperationHandle;
import org.skep.rpc.OperationStatus;
import org.skep.rpc.StatusDetail;
import org.skep.rpc.rows.RowSet;
import org.skep.rpc.schema.TableSchema;

/** Something a session does and that may have a result. Safe for use by many threads. */
interface Operation {
    OperationHandle handle();

    OperationStatus status(Duration wait, StatusDetail detail);

    TableSchema schema() throws HiveServiceException;

    RowSet fetch(FetchOrientation orientation, long maxRows, FetchType type)
            throws HiveServiceException;

    void cancel();

    void close();

    String queryId();
}
