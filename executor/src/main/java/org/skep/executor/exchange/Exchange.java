package org.skep.executor.exchange;

import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.memory.MemoryPool;
import org.skep.executor.spill.SpillFile;
import org.skep.executor.task.Services;
import org.skep.executor.vector.Copies;
import org.skep.plan.stage.QueryContext;
import org.skep.types.DataType;
import org.skep.types.page.PageReader;
import org.skep.types.page.PageWriter;
import org.skep.types.vector.ColumnBatch;

/**
 * Everything that one stage sends to another: batches by sender and by partition, in memory while
 * there is room and on disk otherwise. Written by all tasks of the sender, then read by the tasks
 * of the reader. Guarded by itself.
 */
public final class Exchange implements ExchangeSource, ExchangeTarget, AutoCloseable {
    /** How batches are kept. */
    public enum Form {
        /** As they are. */
        OBJECTS,
        /** As pages. */
        BYTES
    }

    /** One batch, in exactly one of the forms. */
    private static final class Entry {
        private final ColumnBatch batch;
        private final byte[] page;
        private final int spilled;
        private final long bytes;

        Entry(ColumnBatch batch, byte[] page, int spilled, long bytes) {
            this.batch = batch;
            this.page = page;
            this.spilled = spilled;
            this.bytes = bytes;
        }
    }

    private final String name;
    private final List<DataType> types;
    private final int partitions;
    private final boolean shared;
    private final Form form;
    private final QueryContext query;
    private final Services services;
    private final MemoryPool memory;
    private final List<List<List<Entry>>> entries = new ArrayList<>();
    private SpillFile file;
    private long held;
    private boolean closed;

    /**
     * An empty exchange.
     *
     * @param name for messages
     * @param partitions how many tasks read
     * @param shared whether all tasks read the same rows; there is then one partition
     */
    public Exchange(
            String name,
            List<DataType> types,
            int senders,
            int partitions,
            boolean shared,
            Form form,
            QueryContext query,
            Services services) {
        this.name = name;
        this.types = types;
        this.partitions = shared ? 1 : partitions;
        this.shared = shared;
        this.form = form;
        this.query = query;
        this.services = services;
        memory = services.memory();
        for (int sender = 0; sender < senders; sender++) {
            List<List<Entry>> lists = new ArrayList<>();
            for (int partition = 0; partition < this.partitions; partition++) {
                lists.add(new ArrayList<>());
            }
            entries.add(lists);
        }
    }

    @Override
    public List<DataType> types() {
        return types;
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public boolean isShared() {
        return shared;
    }

    @Override
    public int senders() {
        return entries.size();
    }

    @Override
    public void put(int sender, int partition, ColumnBatch batch) {
        byte[] page =
                form == Form.BYTES
                        ? new PageWriter(PageWriter.Compression.NONE).write(batch)
                        : null;
        long bytes = page == null ? Copies.bytes(batch) : page.length;
        synchronized (this) {
            if (closed) {
                return;
            }
            Entry entry;
            if (memory.tryReserve(bytes)) {
                held += bytes;
                entry = new Entry(page == null ? batch : null, page, -1, bytes);
            } else {
                entry = new Entry(null, null, spill(batch, bytes), 0);
            }
            entries.get(sender).get(partition).add(entry);
        }
    }

    private int spill(ColumnBatch batch, long bytes) {
        if (query.spillDirectory() == null) {
            throw new SkepException(
                    ErrorCode.MEMORY_LIMIT,
                    "Memory limit exceeded in exchange of %s: limit %d bytes, in use %d, asked for %d more"
                            .formatted(name, memory.limit(), memory.reserved(), bytes));
        }
        if (file == null) {
            file =
                    SpillFile.create(
                            services.fileSystems(),
                            query.spillDirectory(),
                            query.queryId() + "-exchange",
                            types);
        }
        return file.write(batch);
    }

    /** Gives a batch; its memory is then counted no more, unless the exchange is shared. */
    @Override
    public ColumnBatch get(int sender, int partition, int index) {
        Entry entry;
        SpillFile from;
        synchronized (this) {
            if (closed) {
                return null;
            }
            List<Entry> list = entries.get(sender).get(shared ? 0 : partition);
            if (index >= list.size()) {
                return null;
            }
            entry = list.get(index);
            from = file;
            if (!shared) {
                list.set(index, null);
                held -= entry.bytes;
                memory.release(entry.bytes);
            }
        }
        if (entry.batch != null) {
            return entry.batch;
        }
        return entry.page != null
                ? new PageReader(types).read(entry.page)
                : from.read(entry.spilled);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            memory.release(held);
            held = 0;
            entries.clear();
            if (file != null) {
                file.close();
            }
        }
    }
}
