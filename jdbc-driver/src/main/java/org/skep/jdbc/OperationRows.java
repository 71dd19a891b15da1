package org.skep.jdbc;

import java.sql.SQLException;
import org.skep.rpc.FetchOrientation;
import org.skep.rpc.FetchType;
import org.skep.rpc.HiveService;
import org.skep.rpc.HiveServiceException;
import org.skep.rpc.OperationHandle;
import org.skep.rpc.StatusCode;
import org.skep.rpc.rows.RowSet;

/** The result of a metadata call; closing it closes the operation. */
final class OperationRows implements RowSource {
    private final HiveService service;
    private final OperationHandle operation;

    OperationRows(HiveService service, OperationHandle operation) {
        this.service = service;
        this.operation = operation;
    }

    @Override
    public RowSet next(int maxRows) throws SQLException {
        try {
            return service.fetchResults(
                    operation, FetchOrientation.NEXT, maxRows, FetchType.RESULTS);
        } catch (HiveServiceException e) {
            throw ServiceFailure.of(e);
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            service.closeOperation(operation);
        } catch (HiveServiceException e) {
            // An operation that is gone is as good as closed: the session may have ended.
            if (e.statusCode() != StatusCode.INVALID_HANDLE) {
                throw ServiceFailure.of(e);
            }
        }
    }
}
