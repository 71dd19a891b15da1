package org.skep.lsm.region;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellLayout;
import org.skep.lsm.cell.CellOrder;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.operation.Append;
import org.skep.lsm.operation.CheckAndMutate;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Increment;
import org.skep.lsm.operation.Mutation;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Result;
import org.skep.lsm.schema.Durability;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;

/**
 * Turns mutations into writes: checks them, locks their rows, and for those that depend on what is
 * there reads it first.
 *
 * <p>A row's lock is let go as soon as a write has its place and is in memory, before it is
 * durable: so many writers of one row share a sync. Who reads before it writes waits, with the
 * lock, until the last write under this lock is visible; so it sees all that come before it.
 *
 * <p>Safe for use by many threads.
 */
final class RowOperations {
    private static final byte[] EMPTY = {};
    private static final int LARGEST_RECORD = 4 << 20;
    private static final byte TTL_TAG = 8;

    private final RegionServices services;
    private final RegionInfo info;
    private final RegionStorage storage;
    private final Durability durability;
    private final long flushSize;
    private final RowLocks locks = new RowLocks();

    RowOperations(
            RegionServices services,
            RegionInfo info,
            TableDescriptor descriptor,
            RegionStorage storage) {
        this.services = services;
        this.info = info;
        this.storage = storage;
        flushSize = descriptor.flushSize();
        durability =
                descriptor.durability() == Durability.USE_DEFAULT
                        ? Durability.FSYNC_WAL
                        : descriptor.durability();
    }

    void batch(List<? extends Mutation<?>> mutations) {
        long total = 0;
        for (Mutation<?> mutation : mutations) {
            if (mutation instanceof Append || mutation instanceof Increment) {
                throw new IllegalArgumentException("Batch must be of puts and deletes");
            }
            total += check(mutation);
        }
        if (total <= LARGEST_RECORD) {
            write(mutations);
            return;
        }
        int from = 0;
        while (from < mutations.size()) {
            long size = 0;
            int to = from;
            while (to < mutations.size() && (to == from || size < LARGEST_RECORD)) {
                size += check(mutations.get(to++));
            }
            write(mutations.subList(from, to));
            from = to;
        }
    }

    // Answers about how many bytes it takes.
    private long check(Mutation<?> mutation) {
        checkRow(mutation.row());
        long size = 0;
        List<Cell> cells = mutation.cells();
        if (cells.isEmpty() && !(mutation instanceof Delete)) {
            throw new SkepException(ErrorCode.INVALID_OPTION, "No columns to insert");
        }
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            storage.familyIndex(cell);
            checkSize(cell);
            size += cell.keyLength() + cell.valueLength();
        }
        return size;
    }

    private void checkSize(Cell cell) {
        int bytes = cell.keyLength() + cell.valueLength() + CellLayout.LENGTHS;
        if (bytes > services.options().maxCellBytes()) {
            throw new SkepException(
                    ErrorCode.INVALID_OPTION,
                    "Cell[%s] with size %d exceeds limit of %d bytes"
                            .formatted(
                                    RegionInfo.printable(cell.row()),
                                    bytes,
                                    services.options().maxCellBytes()));
        }
    }

    void checkRow(byte[] row) {
        if (!info.contains(row)) {
            throw new RegionClosedException(
                    "Region %s does not hold row %s".formatted(info, RegionInfo.printable(row)));
        }
    }

    private void write(List<? extends Mutation<?>> mutations) {
        if (mutations.isEmpty()) {
            return;
        }
        int[] stripes = stripes(mutations);
        RegionWrite write = null;
        locks.lock(stripes);
        try {
            write = build(mutations, stripes);
            if (write.count() == 0) {
                return;
            }
            append(write, stripes);
        } finally {
            locks.unlock(stripes);
        }
        commit(write);
    }

    // With the locks.
    private RegionWrite build(List<? extends Mutation<?>> mutations, int[] stripes) {
        int cells = 0;
        for (int i = 0; i < mutations.size(); i++) {
            cells += mutations.get(i).cells().size();
        }
        RegionWrite write = new RegionWrite(storage, strongest(mutations), cells);
        for (int i = 0; i < mutations.size(); i++) {
            addCells(write, mutations.get(i), stripes);
        }
        return write;
    }

    // With the locks.
    private void append(RegionWrite write, int[] stripes) {
        services.wal().append(write);
        locks.written(stripes, write.sequence());
        write.applyOrFail();
    }

    private void commit(RegionWrite write) {
        try {
            services.wal().commit(write);
        } finally {
            write.end();
        }
        write.checkApplied();
        long memory = storage.memstoreBytes();
        if (memory >= flushSize || services.pressure().high()) {
            services.maintenance().wake();
        }
        services.pressure()
                .slowDown(write.size(), (double) memory / flushSize, storage.mostFiles());
    }

    private static int[] stripes(List<? extends Mutation<?>> mutations) {
        int size = mutations.size();
        if (size == 1) {
            return new int[] {RowLocks.stripe(mutations.get(0).row())};
        }
        int[] stripes = new int[size];
        for (int i = 0; i < size; i++) {
            stripes[i] = RowLocks.stripe(mutations.get(i).row());
        }
        Arrays.sort(stripes);
        int distinct = 1;
        for (int i = 1; i < size; i++) {
            if (stripes[i] != stripes[i - 1]) {
                stripes[distinct++] = stripes[i];
            }
        }
        return Arrays.copyOf(stripes, distinct);
    }

    private Durability strongest(List<? extends Mutation<?>> mutations) {
        Durability strongest = Durability.USE_DEFAULT;
        for (int i = 0; i < mutations.size(); i++) {
            Durability own = mutations.get(i).durability();
            if (own == Durability.USE_DEFAULT) {
                own = durability;
            }
            if (own.compareTo(strongest) > 0) {
                strongest = own;
            }
        }
        return strongest;
    }

    // With the locks.
    private void addCells(RegionWrite write, Mutation<?> mutation, int[] stripes) {
        if (mutation instanceof Delete delete && delete.wholeRow()) {
            byte[][] names = storage.familyNames();
            for (int family = 0; family < names.length; family++) {
                Cell marker =
                        Cell.of(
                                delete.row(),
                                names[family],
                                EMPTY,
                                delete.timestamp(),
                                CellType.DELETE_FAMILY,
                                EMPTY);
                write.add(marker, family);
            }
            return;
        }
        List<Cell> cells = mutation.cells();
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            if (cell.timestamp() == Cell.LATEST && cell.type() == CellType.DELETE) {
                cell = ofNewestVersion(cell, stripes);
            } else if (mutation.ttlMillis() != Mutation.NO_TTL) {
                cell = withTtl(cell, mutation.ttlMillis());
            }
            write.add(cell, storage.familyIndex(cell));
        }
    }

    // A delete of one version without a timestamp means the newest one, or now if there is none.
    private Cell ofNewestVersion(Cell marker, int[] stripes) {
        services.mvcc().await(locks.last(stripes));
        Get get = new Get(marker.row()).addColumn(marker.family(), marker.qualifier());
        Result found = storage.get(get);
        return found.isEmpty() ? marker : marker.withTimestamp(found.cells().get(0).timestamp());
    }

    private static Cell withTtl(Cell cell, long millis) {
        byte[] other = withoutTtl(cell.tags());
        ByteBuffer tags = ByteBuffer.allocate(other.length + 2 + 1 + Long.BYTES);
        tags.put(other).putShort((short) (1 + Long.BYTES)).put(TTL_TAG).putLong(millis);
        return Cell.of(
                cell.row(),
                cell.family(),
                cell.qualifier(),
                cell.timestamp(),
                cell.type(),
                cell.value(),
                tags.array());
    }

    private static byte[] withoutTtl(byte[] tags) {
        ByteBuffer from = ByteBuffer.wrap(tags);
        ByteBuffer kept = ByteBuffer.allocate(tags.length);
        int at = 0;
        while (at + 2 < tags.length) {
            int size = 2 + (from.getShort(at) & 0xffff);
            if (tags[at + 2] != TTL_TAG) {
                kept.put(tags, at, size);
            }
            at += size;
        }
        return Arrays.copyOf(kept.array(), kept.position());
    }

    /** Appends to values, or adds to numbers; the new cells. */
    Result readAndWrite(Mutation<?> mutation) {
        check(mutation);
        int[] stripes = {RowLocks.stripe(mutation.row())};
        RegionWrite write = null;
        List<Cell> cells;
        locks.lock(stripes);
        try {
            cells = newCells(mutation, stripes);
            if (cells.isEmpty()) {
                return Result.EMPTY;
            }
            write = new RegionWrite(storage, strongest(List.of(mutation)), cells.size());
            for (Cell cell : cells) {
                write.add(cell, storage.familyIndex(cell));
            }
            append(write, stripes);
        } finally {
            locks.unlock(stripes);
        }
        commit(write);
        cells.sort((a, b) -> CellOrder.compare(a.view(), b.view()));
        return new Result(cells, false);
    }

    // With the lock.
    private List<Cell> newCells(Mutation<?> mutation, int[] stripes) {
        services.mvcc().await(locks.last(stripes));
        Get get = new Get(mutation.row());
        for (Cell cell : mutation.cells()) {
            get.addColumn(cell.family(), cell.qualifier());
        }
        List<Cell> found = mutation.cells().isEmpty() ? List.of() : storage.get(get).cells();
        long now = services.nowMillis();
        List<Cell> cells = new ArrayList<>();
        for (Cell change : mutation.cells()) {
            int repeated = indexOf(cells, change);
            Cell current = repeated >= 0 ? cells.get(repeated) : find(found, change);
            Cell next = changed(mutation, change, current, now);
            checkSize(next);
            if (repeated >= 0) {
                cells.set(repeated, next);
            } else {
                cells.add(next);
            }
        }
        return cells;
    }

    private static Cell changed(Mutation<?> mutation, Cell change, Cell current, long now) {
        byte[] value =
                mutation instanceof Increment ? sum(change, current) : joined(change, current);
        long timestamp = current == null ? now : Math.max(now, current.timestamp() + 1);
        Cell next =
                Cell.of(
                        change.row(),
                        change.family(),
                        change.qualifier(),
                        timestamp,
                        CellType.PUT,
                        value,
                        current == null ? change.tags() : current.tags());
        return mutation.ttlMillis() == Mutation.NO_TTL ? next : withTtl(next, mutation.ttlMillis());
    }

    private static byte[] sum(Cell change, Cell current) {
        byte[] amount = change.value();
        if (current == null) {
            return amount;
        }
        byte[] value = current.value();
        if (value.length != Long.BYTES) {
            throw new SkepException(
                    ErrorCode.RUNTIME_ERROR,
                    "Field is not a long, it's %d bytes wide".formatted(value.length));
        }
        long sum = ByteBuffer.wrap(value).getLong() + ByteBuffer.wrap(amount).getLong();
        return ByteBuffer.allocate(Long.BYTES).putLong(sum).array();
    }

    private static byte[] joined(Cell change, Cell current) {
        byte[] end = change.value();
        if (current == null) {
            return end;
        }
        byte[] value = Arrays.copyOf(current.value(), current.valueLength() + end.length);
        System.arraycopy(end, 0, value, current.valueLength(), end.length);
        return value;
    }

    private static Cell find(List<Cell> cells, Cell column) {
        int index = indexOf(cells, column);
        return index < 0 ? null : cells.get(index);
    }

    private static int indexOf(List<Cell> cells, Cell column) {
        for (int i = 0; i < cells.size(); i++) {
            if (Arrays.equals(cells.get(i).qualifier(), column.qualifier())
                    && Arrays.equals(cells.get(i).family(), column.family())) {
                return i;
            }
        }
        return -1;
    }

    /** Does puts and deletes of one row together if a condition holds; whether it did. */
    boolean checkAndMutate(CheckAndMutate change) {
        checkRow(change.row());
        change.mutations().forEach(this::check);
        int[] stripes = {RowLocks.stripe(change.row())};
        RegionWrite write = null;
        locks.lock(stripes);
        try {
            services.mvcc().await(locks.last(stripes));
            Result found = storage.get(change.query());
            if (!change.holds(found)) {
                return false;
            }
            write = mixed(notBehind(found, change.mutations()), stripes);
            if (write.count() == 0) {
                return true;
            }
            append(write, stripes);
        } finally {
            locks.unlock(stripes);
        }
        commit(write);
        return true;
    }

    /** What is put without a timestamp must not lie behind what the condition has seen. */
    private List<Mutation<?>> notBehind(Result found, List<Mutation<?>> mutations) {
        long seen = found.isEmpty() ? 0 : found.cells().get(0).timestamp();
        if (seen <= services.nowMillis()) {
            return mutations;
        }
        List<Mutation<?>> moved = new ArrayList<>();
        for (Mutation<?> mutation : mutations) {
            moved.add(mutation instanceof Put put ? at(put, seen) : mutation);
        }
        return moved;
    }

    private static Put at(Put put, long timestamp) {
        Put moved = new Put(put.row()).durability(put.durability()).ttl(put.ttlMillis());
        for (Cell cell : put.cells()) {
            moved.addCell(cell.timestamp() == Cell.LATEST ? cell.withTimestamp(timestamp) : cell);
        }
        return moved;
    }

    /** Does mutations of one row together. */
    void mutateRow(List<Mutation<?>> mutations) {
        if (mutations.isEmpty()) {
            return;
        }
        mutations.forEach(this::check);
        int[] stripes = {RowLocks.stripe(mutations.get(0).row())};
        RegionWrite write = null;
        locks.lock(stripes);
        try {
            write = mixed(mutations, stripes);
            if (write.count() == 0) {
                return;
            }
            append(write, stripes);
        } finally {
            locks.unlock(stripes);
        }
        commit(write);
    }

    // With the lock: one write of mutations of all kinds.
    private RegionWrite mixed(List<Mutation<?>> mutations, int[] stripes) {
        RegionWrite write = new RegionWrite(storage, strongest(mutations), mutations.size());
        for (Mutation<?> mutation : mutations) {
            if (mutation instanceof Append || mutation instanceof Increment) {
                for (Cell cell : newCells(mutation, stripes)) {
                    write.add(cell, storage.familyIndex(cell));
                }
            } else {
                addCells(write, mutation, stripes);
            }
        }
        return write;
    }
}
