package org.skep.executor.exchange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.executor.spill.SpillFile;
import org.skep.executor.task.Services;
import org.skep.plan.stage.QueryContext;
import org.skep.types.DataType;
import org.skep.types.page.PageReader;
import org.skep.types.vector.ColumnBatch;

/**
 * Pages that reached one task from another stage, in whatever order they came: in memory while
 * there is room and on disk otherwise. Filled first, then read. Guarded by itself.
 */
public final class PageInbox implements ExchangeSource, AutoCloseable {
    /** One page: its bytes, or its number in the file. */
    private static final class Entry {
        private final byte[] page;
        private final int spilled;

        Entry(byte[] page, int spilled) {
            this.page = page;
            this.spilled = spilled;
        }
    }

    private final String name;
    private final List<DataType> types;
    private final boolean shared;
    private final QueryContext query;
    private final Services services;
    private final List<List<Entry>> bySender = new ArrayList<>();
    private SpillFile file;
    private long held;
    private boolean closed;

    /**
     * An empty inbox.
     *
     * @param name of the stage that sends, for messages
     * @param shared whether all tasks of the reading stage get the same pages
     */
    public PageInbox(
            String name,
            List<DataType> types,
            boolean shared,
            QueryContext query,
            Services services) {
        this.name = name;
        this.types = List.copyOf(types);
        this.shared = shared;
        this.query = query;
        this.services = services;
    }

    /**
     * Takes the page that was the {@code sequence}th of its sender.
     *
     * @param page not used by the caller again
     */
    public synchronized void add(int sender, int sequence, byte[] page) {
        while (bySender.size() <= sender) {
            bySender.add(new ArrayList<>());
        }
        List<Entry> pages = bySender.get(sender);
        if (pages.size() <= sequence) {
            pages.addAll(Collections.nCopies(sequence + 1 - pages.size(), null));
        }
        if (pages.get(sequence) != null) {
            throw new IllegalStateException(
                    "Page %d of task %d of %s came twice".formatted(sequence, sender, name));
        }
        pages.set(sequence, store(page));
    }

    private Entry store(byte[] page) {
        if (services.memory().tryReserve(page.length)) {
            held += page.length;
            return new Entry(page, -1);
        }
        if (query.spillDirectory() == null) {
            throw new SkepException(
                    ErrorCode.MEMORY_LIMIT,
                    "Memory limit exceeded in exchange of %s: limit %d bytes, in use %d, asked for %d more"
                            .formatted(
                                    name,
                                    services.memory().limit(),
                                    services.memory().reserved(),
                                    page.length));
        }
        if (file == null) {
            file =
                    SpillFile.create(
                            services.fileSystems(),
                            query.spillDirectory(),
                            query.queryId() + "-inbox",
                            types);
        }
        return new Entry(null, file.write(page));
    }

    /**
     * Checks that nothing is missing between the pages that came.
     *
     * @throws IllegalStateException if something is
     */
    public synchronized void seal() {
        for (int sender = 0; sender < bySender.size(); sender++) {
            int missing = bySender.get(sender).indexOf(null);
            if (missing >= 0) {
                throw new IllegalStateException(
                        "Page %d of task %d of %s is missing".formatted(missing, sender, name));
            }
        }
    }

    @Override
    public List<DataType> types() {
        return types;
    }

    @Override
    public boolean isShared() {
        return shared;
    }

    @Override
    public synchronized int senders() {
        return bySender.size();
    }

    /** Gives a batch; there is only the partition of this task, whatever its number. */
    @Override
    public synchronized ColumnBatch get(int sender, int partition, int index) {
        if (closed || index >= bySender.get(sender).size()) {
            return null;
        }
        Entry entry = bySender.get(sender).get(index);
        if (entry.page == null) {
            return file.read(entry.spilled);
        }
        if (!shared) {
            bySender.get(sender).set(index, new Entry(null, -1));
            held -= entry.page.length;
            services.memory().release(entry.page.length);
        }
        return new PageReader(types).read(entry.page);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        services.memory().release(held);
        held = 0;
        bySender.clear();
        if (file != null) {
            file.close();
        }
    }
}
