package org.skep.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.skep.rpc.HiveServiceException;
import org.skep.rpc.OperationStatus;
import org.skep.rpc.ProgressUpdate;
import org.skep.rpc.rows.ColumnBlock;
import org.skep.rpc.schema.TableSchema;
import org.skep.rpc.schema.TypeDescriptor;
import org.skep.rpc.schema.TypeId;

/** How the fake service answers one statement. Set up before it is given away. */
final class Reply {
    /** How the statement ends. */
    enum Course {
        /** At once. */
        FINISHES,
        /** Never by itself; status calls are held. */
        HANGS,
        /** Never by itself; status calls come back at once. */
        HANGS_WITHOUT_LONG_POLL,
        /** The service stops it when its time is over. */
        TIMES_OUT
    }

    private final TableSchema schema;
    private final List<List<ColumnBlock>> blocks = new ArrayList<>();
    private final List<String> logs = new ArrayList<>();
    private List<String> warnings = List.of();
    private List<String> lateWarnings = List.of();
    private HiveServiceException failure;
    private HiveServiceException fetchFailure;
    private long modifiedRows = OperationStatus.ROWS_UNKNOWN;
    private Course course = Course.FINISHES;
    private ProgressUpdate progress;

    private Reply(TableSchema schema) {
        this.schema = schema;
    }

    static Reply none() {
        return new Reply(null);
    }

    static Reply result(TableSchema schema) {
        return new Reply(schema);
    }

    static Reply column(String name, TypeId type, ColumnBlock block) {
        return column(name, TypeDescriptor.of(type), block);
    }

    static Reply column(String name, TypeDescriptor type, ColumnBlock block) {
        return result(TableSchema.builder().add(name, type).build()).block(block);
    }

    static Reply failing(HiveServiceException failure) {
        Reply reply = none();
        reply.failure = failure;
        return reply;
    }

    Reply block(ColumnBlock... columns) {
        blocks.add(List.of(columns));
        return this;
    }

    Reply course(Course value) {
        course = value;
        return this;
    }

    Reply modifiedRows(long value) {
        modifiedRows = value;
        return this;
    }

    Reply warnings(String... values) {
        warnings = List.of(values);
        return this;
    }

    /** Known only when the last row was fetched. */
    Reply lateWarnings(String... values) {
        lateWarnings = List.of(values);
        return this;
    }

    Reply fetchFailure(HiveServiceException value) {
        fetchFailure = value;
        return this;
    }

    Reply logs(String... lines) {
        logs.addAll(List.of(lines));
        return this;
    }

    Reply progress(ProgressUpdate value) {
        progress = value;
        return this;
    }

    TableSchema schema() {
        return schema;
    }

    List<List<ColumnBlock>> blocks() {
        return blocks;
    }

    List<String> logs() {
        return logs;
    }

    List<String> warnings() {
        return warnings;
    }

    List<String> lateWarnings() {
        return lateWarnings;
    }

    HiveServiceException failure() {
        return failure;
    }

    HiveServiceException fetchFailure() {
        return fetchFailure;
    }

    long modifiedRows() {
        return modifiedRows;
    }

    Course course() {
        return course;
    }

    ProgressUpdate progress() {
        return progress;
    }
}
