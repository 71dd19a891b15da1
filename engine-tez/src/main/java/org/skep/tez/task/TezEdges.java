package org.skep.tez.task;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.io.BytesWritable;
import org.apache.tez.runtime.api.LogicalInput;
import org.apache.tez.runtime.api.LogicalOutput;
import org.apache.tez.runtime.library.api.KeyValueReader;
import org.apache.tez.runtime.library.api.KeyValueWriter;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;
import org.skep.base.io.OutputFile;
import org.skep.executor.exchange.ExchangeSource;
import org.skep.executor.exchange.ExchangeTarget;
import org.skep.executor.exchange.PageInbox;
import org.skep.executor.fragment.TaskEdges;
import org.skep.executor.task.Services;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.stage.QueryContext;
import org.skep.types.DataType;
import org.skep.types.page.PageWriter;
import org.skep.types.vector.ColumnBatch;

/** Joins a task to Tez's inputs and outputs. Confined to the task's thread, which closes it. */
final class TezEdges implements TaskEdges, AutoCloseable {
    private final StagePayload payload;
    private final QueryContext query;
    private final Map<String, LogicalInput> inputs;
    private final Map<String, LogicalOutput> outputs;
    private final Services services;
    private final TaskFiles files;
    private final List<PageInbox> inboxes = new ArrayList<>();
    private final PageWriter pages = new PageWriter(PageWriter.Compression.NONE);
    private OutputFile result;

    TezEdges(
            StagePayload payload,
            QueryContext query,
            Map<String, LogicalInput> inputs,
            Map<String, LogicalOutput> outputs,
            Services services,
            TaskFiles files) {
        this.payload = payload;
        this.query = query;
        this.inputs = inputs;
        this.outputs = outputs;
        this.services = services;
        this.files = files;
    }

    @Override
    public ExchangeSource source(PhysicalNode.ExchangeRead read) {
        boolean shared = payload.broadcasts().contains(read.stage());
        PageInbox inbox = new PageInbox(read.stage(), read.outputTypes(), shared, query, services);
        inboxes.add(inbox);
        try {
            KeyValueReader reader = (KeyValueReader) inputs.get(read.stage()).getReader();
            while (reader.next()) {
                services.cancelFlag().check();
                BytesWritable value = (BytesWritable) reader.getCurrentValue();
                ByteBuffer header = ByteBuffer.wrap(value.getBytes(), 0, value.getLength());
                inbox.add(
                        header.getInt(),
                        header.getInt(),
                        Arrays.copyOfRange(
                                value.getBytes(), PageSender.HEADER_BYTES, value.getLength()));
            }
        } catch (SkepException e) {
            throw e;
        } catch (Exception e) {
            throw new SkepException(
                    ErrorCode.IO_ERROR,
                    "Cannot fetch rows of %s: %s".formatted(read.stage(), e.getMessage()),
                    e);
        }
        inbox.seal();
        return inbox;
    }

    @Override
    public ExchangeTarget target(String reader) {
        List<DataType> types = payload.fragment().stage().root().outputTypes();
        try {
            KeyValueWriter writer = (KeyValueWriter) outputs.get(reader).getWriter();
            return new PageSender(writer, types, payload.partitions().get(reader));
        } catch (SkepException e) {
            throw e;
        } catch (Exception e) {
            throw new SkepException(
                    ErrorCode.IO_ERROR,
                    "Cannot send rows to %s: %s".formatted(reader, e.getMessage()),
                    e);
        }
    }

    @Override
    public Consumer<ColumnBatch> result() {
        FileSystem fileSystem = services.fileSystems().of(files.rows());
        result = fileSystem.create(files.rows());
        return this::write;
    }

    private void write(ColumnBatch batch) {
        if (batch.rowCount() == 0) {
            return;
        }
        byte[] page = pages.write(batch);
        result.write(ByteBuffer.allocate(4).putInt(page.length).array(), 0, 4);
        result.write(page, 0, page.length);
    }

    @Override
    public void close() {
        inboxes.forEach(PageInbox::close);
        if (result != null) {
            result.close();
        }
    }
}
