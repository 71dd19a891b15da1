package org.skep.lsm.region;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellLayout;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.hfile.HFile;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Isolation;
import org.skep.lsm.operation.Mutation;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.read.RegionScanner;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.Durability;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.wal.WalRegion;

/**
 * A range of a table's rows that is being served. A write takes the locks of its rows, gets its
 * sequence id and its record in the log, goes into the memstore, and is told done when it is as
 * durable as it wants to be and everybody sees it. A reader takes a read point and the state of the
 * region at that moment, and sees neither later writes nor flushes nor compactions.
 *
 * <p>Safe for use by many threads. All calls fail with {@link RegionClosedException} once the region
 * is closed.
 */
public final class Region implements AutoCloseable {
    private static final byte[] EMPTY = {};
    private static final int LARGEST_RECORD = 4 << 20;
    private static final long POLL_NANOS = 100_000;

    private final RegionServices services;
    private final RegionInfo info;
    private final TableDescriptor descriptor;
    private final String directory;
    private final WalRegion wal;
    private final List<ColumnFamily> families;
    private final byte[][] familyNames;
    private final RowLocks locks = new RowLocks();
    private final AtomicInteger writing = new AtomicInteger();
    private final ReentrantLock flushing = new ReentrantLock();

    // Replaced with the log's lock held when the memstores change, and with stateLock always.
    private volatile RegionState state;
    private final Object stateLock = new Object();
    private MemGeneration active; // guarded by the log's lock
    private long oldestWrite; // the first one in active, 0 if there is none; ditto
    private Manifest manifest; // guarded by stateLock
    private volatile boolean closing;

    private Region(
            RegionServices services,
            RegionInfo info,
            TableDescriptor descriptor,
            String directory) {
        this.services = services;
        this.info = info;
        this.descriptor = descriptor;
        this.directory = directory;
        families = descriptor.families();
        familyNames = families.stream().map(ColumnFamily::nameBytes).toArray(byte[][]::new);
        wal = services.wal().region(info.encodedName());
    }

    /**
     * Makes a region that nobody serves yet: its directory with those of its families, and its
     * manifest. What is there already is left as it is.
     *
     * @param directory absolute, durable itself when this returns if the one above it is
     * @param files what it begins with
     * @param flushed at least the sequence ids of all writes in these files
     */
    public static void create(
            RegionServices services,
            TableDescriptor descriptor,
            String directory,
            List<RegionFile> files,
            long flushed) {
        FileSystem fileSystem = services.files();
        for (ColumnFamily family : descriptor.families()) {
            fileSystem.createDirectories(directory + "/" + family.name());
        }
        fileSystem.syncDirectory(directory.substring(0, directory.lastIndexOf('/')));
        fileSystem.syncDirectory(directory);
        if (Manifest.readNewest(fileSystem, directory).isEmpty()) {
            Map<String, Long> ids = new HashMap<>();
            descriptor.families().forEach(family -> ids.put(family.name(), flushed));
            new Manifest(1, ids, files).write(fileSystem, directory);
        }
    }

    /**
     * Serves a region: opens its files and takes its writes out of the log. Its directory is made
     * if it is not there.
     *
     * @param directory absolute, below the services' root
     * @throws SkepException CORRUPT_FILE naming file and offset
     */
    public static Region open(
            RegionServices services,
            RegionInfo info,
            TableDescriptor descriptor,
            String directory) {
        create(services, descriptor, directory, List.of(), 0);
        Region region = new Region(services, info, descriptor, directory);
        region.load();
        // Has a sequence id behind all that was recovered, and waits until all that is visible.
        services.wal().markOpened(region.wal);
        services.opened(region);
        return region;
    }

    private void load() {
        manifest = Manifest.readNewest(services.files(), directory).orElseGet(Manifest::empty);
        Manifest.removeOlder(services.files(), directory, manifest.number());
        services.sequences().observe(manifest.lastSequence());
        List<List<StoreFile>> files = new ArrayList<>();
        families.forEach(family -> files.add(new ArrayList<>()));
        active = new MemGeneration(families.size(), services.chunks());
        boolean complete = false;
        try {
            for (RegionFile entry : manifest.files()) {
                int family = familyIndex(entry.family().getBytes(StandardCharsets.UTF_8));
                if (family >= 0) {
                    files.get(family).add(open(entry));
                }
            }
            files.forEach(Region::sortNewestFirst);
            retireUnnamed();
            replay();
            complete = true;
        } finally {
            if (complete) {
                state = new RegionState(active, List.of(), files);
            }
            active.release();
            // The state holds what it names.
            files.forEach(family -> family.forEach(StoreFile::release));
        }
    }

    private static void sortNewestFirst(List<StoreFile> files) {
        files.sort(
                (a, b) -> {
                    int order = Long.compare(b.entry().sequence(), a.entry().sequence());
                    return order != 0 ? order : b.entry().path().compareTo(a.entry().path());
                });
    }

    private StoreFile open(RegionFile entry) {
        String path = services.root() + "/" + entry.path();
        HFile file = HFile.open(services.files(), path, services.cache());
        return new StoreFile(entry, file, path, services.retiredFiles());
    }

    // Files that a process left that died between writing them and naming them.
    private void retireUnnamed() {
        FileSystem fileSystem = services.files();
        for (ColumnFamily family : families) {
            String path = directory + "/" + family.name();
            for (FileStatus entry : fileSystem.list(path)) {
                String name = path + "/" + entry.name();
                if (entry.name().endsWith(StoreWriter.UNFINISHED)) {
                    fileSystem.delete(name);
                } else if (manifest.files().stream()
                        .noneMatch(file -> name.equals(services.root() + "/" + file.path()))) {
                    services.retiredFiles().retired(name);
                }
            }
        }
    }

    private void replay() {
        long flushed = manifest.flushed(familyNamesAsText());
        services.wal().flushed(wal, flushed);
        if (!services.wal().hasWritesBehind(wal, flushed)) {
            return;
        }
        long[] flushedByFamily = new long[families.size()];
        for (int i = 0; i < flushedByFamily.length; i++) {
            flushedByFamily[i] = manifest.flushed().getOrDefault(families.get(i).name(), 0L);
        }
        services.wal()
                .replay(
                        Map.of(
                                wal,
                                (sequence, buffer, offset, length) ->
                                        replay(flushedByFamily, sequence, buffer, offset, length)));
    }

    private void replay(
            long[] flushed, long sequence, ByteBuffer buffer, int offset, int length) {
        int at = offset;
        while (at < offset + length) {
            int key = at + CellLayout.LENGTHS;
            int familyAt = key + 2 + buffer.getShort(key);
            int family = familyIndex(buffer, familyAt + 1, buffer.get(familyAt));
            if (family >= 0 && sequence > flushed[family]) {
                if (oldestWrite == 0) {
                    oldestWrite = sequence;
                }
                at = active.store(family).add(buffer, at, sequence);
            } else {
                int tags = key + buffer.getInt(at) + buffer.getInt(at + 4);
                at = tags + 2 + (buffer.getShort(tags) & 0xffff);
            }
        }
    }

    private List<String> familyNamesAsText() {
        return families.stream().map(ColumnFamily::name).toList();
    }

    private int familyIndex(byte[] name) {
        for (int i = 0; i < familyNames.length; i++) {
            if (Arrays.equals(familyNames[i], name)) {
                return i;
            }
        }
        return -1;
    }

    private int familyIndex(ByteBuffer buffer, int offset, int length) {
        for (int i = 0; i < familyNames.length; i++) {
            if (Bytes.equal(familyNames[i], 0, familyNames[i].length, buffer, offset, length)) {
                return i;
            }
        }
        return -1;
    }

    private int familyIndex(Cell cell) {
        byte[] bytes = cell.array();
        int at = cell.offset() + CellLayout.LENGTHS + 2 + cell.rowLength();
        int length = bytes[at];
        for (int i = 0; i < familyNames.length; i++) {
            if (Arrays.equals(
                    familyNames[i], 0, familyNames[i].length, bytes, at + 1, at + 1 + length)) {
                return i;
            }
        }
        throw new SkepException(
                ErrorCode.INVALID_OPTION,
                "Column family %s does not exist in region %s of table %s"
                        .formatted(
                                new String(cell.family(), StandardCharsets.UTF_8),
                                name(),
                                info.table()));
    }

    /** The region's range and name. */
    public RegionInfo info() {
        return info;
    }

    /** The table as it was when the region was opened. */
    public TableDescriptor descriptor() {
        return descriptor;
    }

    /** The name in the log and of the directory. */
    public String name() {
        return info.encodedName();
    }

    /** Where the region lies. */
    public String directory() {
        return directory;
    }

    WalRegion wal() {
        return wal;
    }

    // With the log's lock: a write gets its place in the order of all writes.
    MemGeneration enter(long sequence) {
        if (oldestWrite == 0) {
            oldestWrite = sequence;
        }
        active.enter();
        return active;
    }

    /** Bytes in the memstores. */
    public long memstoreBytes() {
        RegionState current = state;
        return current == null ? 0 : current.memoryBytes();
    }

    // ---- Writes

    /** Does one mutation. Like {@link #batch} with one. */
    public void put(Mutation<?> mutation) {
        batch(List.of(mutation));
    }

    /**
     * Puts and deletes, each atomic over all families of its row. All are checked before the first
     * is done; a failure on the way leaves some done and some not, unless all of them take less than
     * some megabytes: then they are done together or not at all.
     *
     * @throws SkepException INVALID_OPTION for an unknown family or a cell that is too large;
     *     IO_ERROR or DISK_FULL if the log cannot be written
     * @throws RegionClosedException if the region is closed, or does not hold a row
     */
    public void batch(List<? extends Mutation<?>> mutations) {
        begin();
        try {
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
        } finally {
            writing.decrementAndGet();
        }
    }

    private void begin() {
        writing.incrementAndGet();
        if (closing) {
            writing.decrementAndGet();
            throw closed();
        }
    }

    private RegionClosedException closed() {
        return new RegionClosedException("Region is not served: " + name());
    }

    // Answers about how many bytes it takes.
    private long check(Mutation<?> mutation) {
        checkRow(mutation.row());
        long size = 0;
        for (Cell cell : mutation.cells()) {
            familyIndex(cell);
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
            size += bytes;
        }
        return size;
    }

    private void checkRow(byte[] row) {
        if (!info.contains(row)) {
            throw new RegionClosedException(
                    "Region %s does not hold row %s"
                            .formatted(info, RegionInfo.printable(row)));
        }
    }

    private void write(List<? extends Mutation<?>> mutations) {
        int[] stripes = stripes(mutations);
        RegionWrite write;
        locks.lock(stripes);
        try {
            write = new RegionWrite(this, durability(mutations), mutations.get(0).cells().size());
            for (Mutation<?> mutation : mutations) {
                addCells(write, mutation);
            }
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
        return Arrays.stream(stripes).sorted().distinct().toArray();
    }

    private Durability durability(List<? extends Mutation<?>> mutations) {
        Durability strongest = Durability.USE_DEFAULT;
        for (Mutation<?> mutation : mutations) {
            Durability own = durability(mutation);
            if (own.compareTo(strongest) > 0) {
                strongest = own;
            }
        }
        return strongest;
    }

    private Durability durability(Mutation<?> mutation) {
        if (mutation.durability() != Durability.USE_DEFAULT) {
            return mutation.durability();
        }
        return descriptor.durability() == Durability.USE_DEFAULT
                ? Durability.FSYNC_WAL
                : descriptor.durability();
    }

    private void addCells(RegionWrite write, Mutation<?> mutation) {
        if (mutation instanceof Delete delete && delete.wholeRow()) {
            for (int family = 0; family < familyNames.length; family++) {
                Cell marker =
                        Cell.of(
                                delete.row(),
                                familyNames[family],
                                EMPTY,
                                delete.timestamp(),
                                CellType.DELETE_FAMILY,
                                EMPTY);
                write.add(marker, family);
            }
            return;
        }
        for (Cell cell : mutation.cells()) {
            write.add(cell, familyIndex(cell));
        }
    }

    // ---- Reads

    /**
     * Reads a row.
     *
     * @throws RegionClosedException if the region is closed, or does not hold the row
     */
    public Result get(Get get) {
        checkRow(get.row());
        while (true) {
            RegionState current = state;
            long readPoint = readPoint(get.isolation());
            // Writes up to the read point are in this state only if it has not been replaced.
            if (current == state && retain(current)) {
                try {
                    return RegionScanner.get(
                            get, families, new Sources(current, readPoint), readPoint, now());
                } finally {
                    current.release();
                }
            }
        }
    }

    private long now() {
        return services.nowMillis();
    }

    private long readPoint(Isolation isolation) {
        return isolation == Isolation.READ_UNCOMMITTED
                ? Long.MAX_VALUE
                : services.mvcc().readPoint();
    }

    private boolean retain(RegionState current) {
        if (closing) {
            throw closed();
        }
        return current.tryRetain();
    }

    /**
     * Reads rows of a range, cut to that of the region. With a read point of the scan's own, which
     * must be pinned, it sees what was there then.
     *
     * @throws RegionClosedException if the region is closed
     */
    public Rows scanner(Scan scan) {
        while (true) {
            RegionState current = state;
            long readPoint =
                    scan.readPoint() >= 0 ? scan.readPoint() : readPoint(scan.isolation());
            if (current == state && retain(current)) {
                RegionScanner scanner = null;
                try {
                    scanner =
                            RegionScanner.open(
                                    scan,
                                    families,
                                    new Sources(current, readPoint),
                                    readPoint,
                                    now());
                    return new Rows(scanner, current);
                } finally {
                    if (scanner == null) {
                        current.release();
                    }
                }
            }
        }
    }

    private int indexOf(ColumnFamily family) {
        for (int i = 0; i < families.size(); i++) {
            if (families.get(i) == family) {
                return i;
            }
        }
        throw new IllegalArgumentException("Not a family of this region: " + family.name());
    }

    /** What a state has for a scan. */
    private final class Sources implements RegionScanner.Sources {
        private final RegionState of;
        private final long readPoint;

        Sources(RegionState of, long readPoint) {
            this.of = of;
            this.readPoint = readPoint;
        }

        @Override
        public List<CellSource> open(
                ColumnFamily family, Scan scan, byte[][] columns) {
            int index = indexOf(family);
            List<StoreFile> files = of.files(index);
            List<CellSource> sources = new ArrayList<>(files.size() + 2);
            of.addMemory(sources, index, readPoint);
            FileChoice choice = new FileChoice(family, scan, columns, now());
            for (StoreFile file : files) {
                if (choice.needs(file)) {
                    sources.add(file.file().source(choice.mode()));
                }
            }
            return sources;
        }
    }

    // ---- Flush

    /**
     * Writes what is in memory to files; returns when they are the region's. Nothing happens if
     * memory is empty. One flush at a time; reads and writes go on.
     *
     * @return whether there was anything
     */
    public boolean flush() {
        flushing.lock();
        try {
            return flushWithLock();
        } finally {
            flushing.unlock();
        }
    }

    private boolean flushWithLock() {
        long[] cut = {0};
        synchronized (stateLock) {
            RegionState before = state;
            if (before == null) {
                return false;
            }
            MemGeneration fresh = new MemGeneration(families.size(), services.chunks());
            services.wal().between(id -> cut[0] = swap(before, fresh, id));
            fresh.release();
            if (state != before) {
                before.release();
            }
            if (state.flushing().isEmpty()) {
                return false;
            }
        }
        RegionState frozen = state;
        frozen.flushing().forEach(MemGeneration::awaitWriters);
        List<StoreFile> written = new ArrayList<>();
        boolean complete = false;
        try {
            for (int family = 0; family < families.size(); family++) {
                write(frozen, family, cut[0]).ifPresent(written::add);
            }
            publishFlush(written, cut[0]);
            complete = true;
        } finally {
            if (!complete) {
                written.forEach(StoreFile::retire);
            }
            written.forEach(StoreFile::release);
        }
        services.wal().flushed(wal, cut[0]);
        services.wal().markFlushed(wal, cut[0]);
        return true;
    }

    // With the log's lock: what is written so far is flushed, what comes goes to fresh memory.
    private long swap(RegionState before, MemGeneration fresh, long id) {
        if (oldestWrite == 0) {
            return id;
        }
        List<MemGeneration> frozen = new ArrayList<>();
        frozen.add(before.active());
        frozen.addAll(before.flushing());
        active = fresh;
        oldestWrite = 0;
        state = new RegionState(fresh, frozen, before.files());
        return id;
    }

    private Optional<StoreFile> write(RegionState frozen, int family, long cut) {
        List<CellSource> sources = new ArrayList<>();
        for (MemGeneration generation : frozen.flushing()) {
            if (!generation.store(family).isEmpty()) {
                sources.add(generation.store(family).source(Long.MAX_VALUE));
            }
        }
        if (sources.isEmpty()) {
            return Optional.empty();
        }
        StoreWriter writer = new StoreWriter(services, directory, families.get(family));
        return writer.flush(sources, cut).map(this::open);
    }

    private void publishFlush(List<StoreFile> written, long cut) {
        synchronized (stateLock) {
            RegionState before = state;
            Map<String, Long> flushed = new HashMap<>(manifest.flushed());
            families.forEach(family -> flushed.put(family.name(), cut));
            List<RegionFile> entries = new ArrayList<>(manifest.files());
            written.forEach(file -> entries.add(file.entry()));
            Manifest next = new Manifest(manifest.number() + 1, flushed, entries);
            next.write(services.files(), directory);
            manifest = next;
            List<List<StoreFile>> files = new ArrayList<>();
            for (int i = 0; i < families.size(); i++) {
                List<StoreFile> family = new ArrayList<>(before.files(i));
                for (StoreFile file : written) {
                    if (file.entry().family().equals(families.get(i).name())) {
                        family.add(file);
                    }
                }
                sortNewestFirst(family);
                files.add(family);
            }
            services.wal()
                    .between(id -> state = new RegionState(before.active(), List.of(), files));
            before.release();
        }
    }

    /** The files of the region and up to where writes are in them, as of now. */
    public Manifest manifest() {
        synchronized (stateLock) {
            return manifest;
        }
    }

    // ---- The end

    /** Ends serving the region, with all writes in files. */
    @Override
    public void close() {
        close(true);
    }

    /** Ends serving the region; what is in memory is in the log alone, or lost if it is not. */
    public void abandon() {
        close(false);
    }

    /** Ends serving the region for good: the log forgets what it has of it. */
    public void discard() {
        close(false);
        services.wal().forget(wal);
    }

    private void close(boolean flush) {
        closing = true;
        while (writing.get() > 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        flushing.lock();
        try {
            RegionState last = state;
            if (last == null) {
                return;
            }
            if (flush && !services.wal().isDead()) {
                flushWithLock();
                services.wal().markClosed(wal);
            }
            synchronized (stateLock) {
                last = state;
                state = null;
            }
            last.release();
            services.closed(this);
        } finally {
            flushing.unlock();
        }
    }

    /** Rows of a scan, with what they are read from. Confined to one thread. */
    public static final class Rows implements AutoCloseable {
        private final RegionScanner scanner;
        private final RegionState held;
        private boolean closed;

        private Rows(RegionScanner scanner, RegionState held) {
            this.scanner = scanner;
            this.held = held;
        }

        /** Reads row after row, or cell after cell. */
        public RegionScanner scanner() {
            return scanner;
        }

        /** The next row, or part of it; null at the end. */
        public Result next() {
            return scanner.next();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                scanner.close();
                held.release();
            }
        }
    }
}
