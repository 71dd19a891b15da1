package org.skep.lsm.region;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellLayout;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.hfile.HFile;
import org.skep.lsm.memstore.MemStore;
import org.skep.lsm.memstore.Neighbours;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Isolation;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.read.RegionScanner;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.wal.Replay;
import org.skep.lsm.wal.WalRegion;

/**
 * What a region holds: memstores, files and the manifest that names them. Readers and writers work
 * with an immutable {@link RegionState}; flushes and compactions replace it. Safe for use by many
 * threads.
 */
final class RegionStorage {
    private static final byte[] EMPTY = {};

    private final RegionServices services;
    private final String directory;
    private final WalRegion wal;
    private final List<ColumnFamily> families;
    private final byte[][] familyNames;
    private final String name;

    // Flushes, compactions and other changes of the manifest come one after the other, in fair
    // order: who closes the region must not wait for one flush after the other.
    private final ReentrantLock flushing = new ReentrantLock(true);
    private final Object stateLock = new Object();
    // Replaced with stateLock, and with the log's lock held when a write could come between; null
    // once it is closed.
    private volatile RegionState state;
    private MemGeneration active; // guarded by the log's lock
    private long oldestWrite; // the first one in active, 0 if there is none; ditto
    private volatile long oldestInMemory;
    private long lastManifest; // guarded by stateLock
    private Manifest manifest; // guarded by stateLock
    // Stops compactions; replaced when the region lives on because it could not be flushed.
    private volatile CancelFlag ending = new CancelFlag();
    private final Set<StoreFile> joining = new HashSet<>(); // guarded by itself

    RegionStorage(
            RegionServices services, String name, TableDescriptor descriptor, String directory) {
        this.services = services;
        this.name = name;
        this.directory = directory;
        families = descriptor.families();
        familyNames = families.stream().map(ColumnFamily::nameBytes).toArray(byte[][]::new);
        wal = services.wal().region(name);
    }

    /** Opens the files of the newest manifest. */
    void load() {
        manifest = Manifest.readNewest(services.files(), directory).orElseGet(Manifest::empty);
        lastManifest = manifest.number();
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
            files.forEach(RegionStorage::sortNewestFirst);
            retireUnnamed();
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

    // A new file that no manifest names yet; one that cannot be opened is of no use. What is kept
    // back is for flushes alone, which give more than they take.
    private StoreFile openWritten(RegionFile entry, boolean flushed) {
        boolean opened = false;
        try {
            StoreFile file = openOrTrim(entry, flushed);
            opened = true;
            return file;
        } finally {
            if (!opened) {
                services.retiredFiles().retired(services.root() + "/" + entry.path());
            }
        }
    }

    private StoreFile openOrTrim(RegionFile entry, boolean flushed) {
        try {
            return open(entry);
        } catch (SkepException e) {
            if (e.code() != ErrorCode.MEMORY_LIMIT) {
                throw e;
            }
            // Memory that waits for the next memstore is better used here.
            services.chunks().trim();
        }
        try {
            return open(entry);
        } catch (SkepException e) {
            boolean room =
                    e.code() == ErrorCode.MEMORY_LIMIT && flushed && services.headroom().give();
            if (!room) {
                throw e;
            }
            return open(entry);
        }
    }

    // Now that memstores were given back, unless readers hold them.
    private void refillHeadroom() {
        if (!services.headroom().refill()) {
            services.chunks().trim();
            services.headroom().refill();
        }
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

    /** Takes what the log has that is not in the files; empty if there is nothing. */
    Optional<Replay> replay() {
        long flushed = manifest().flushed(familyNamesAsText());
        services.wal().flushed(wal, flushed);
        if (!services.wal().hasWritesBehind(wal, flushed)) {
            return Optional.empty();
        }
        long[] byFamily = new long[families.size()];
        for (int i = 0; i < byFamily.length; i++) {
            byFamily[i] = manifest().flushed().getOrDefault(families.get(i).name(), 0L);
        }
        return Optional.of(
                (sequence, buffer, offset, length) ->
                        replay(byFamily, sequence, buffer, offset, length));
    }

    private void replay(long[] flushed, long sequence, ByteBuffer buffer, int offset, int length) {
        int at = offset;
        int last = -1;
        Neighbours near = null;
        while (at < offset + length) {
            int key = at + CellLayout.LENGTHS;
            int familyAt = key + 2 + buffer.getShort(key);
            int family = familyIndex(buffer, familyAt + 1, buffer.get(familyAt));
            if (family >= 0 && sequence > flushed[family]) {
                if (oldestWrite == 0 || sequence < oldestWrite || sequence > active.newest()) {
                    replayed(sequence);
                }
                if (family != last) {
                    last = family;
                    near = new Neighbours();
                }
                at = active.store(family).add(buffer, at, sequence, near);
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

    /**
     * The number of a cell's family.
     *
     * @throws SkepException INVALID_OPTION if there is none
     */
    int familyIndex(Cell cell) {
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
                "Column family %s does not exist in region %s"
                        .formatted(new String(cell.family(), StandardCharsets.UTF_8), name));
    }

    // With the log's lock: a write gets its place in the order of all writes.
    MemGeneration enter(long sequence) {
        if (oldestWrite == 0) {
            noteOldest(sequence);
        }
        active.enter(sequence);
        return active;
    }

    // By several threads.
    private synchronized void replayed(long sequence) {
        active.note(sequence);
        if (oldestWrite == 0 || sequence < oldestWrite) {
            noteOldest(sequence);
        }
    }

    private void noteOldest(long sequence) {
        oldestWrite = sequence;
        oldestInMemory = sequence;
    }

    /** Bytes in the memstores. */
    long memstoreBytes() {
        RegionState current = state;
        return current == null ? 0 : current.memoryBytes();
    }

    /** Bytes of memory that flushing it would give back, if no reader holds them. */
    long memstoreHeld() {
        RegionState current = state;
        return current == null ? 0 : current.memoryHeld();
    }

    /** Reads a row. */
    Result get(Get get) {
        while (true) {
            RegionState current = state();
            long readPoint = readPoint(get.isolation());
            // Writes up to the read point are in this state only if it has not been replaced.
            if (current == state && current.tryRetain()) {
                try {
                    long now = now();
                    return RegionScanner.get(
                            get, families, new Sources(current, readPoint, now), readPoint, now);
                } finally {
                    current.release();
                }
            }
        }
    }

    /** Begins to read rows. */
    Region.Rows scanner(Scan scan) {
        while (true) {
            RegionState current = state();
            long readPoint = scan.readPoint() >= 0 ? scan.readPoint() : readPoint(scan.isolation());
            if (current == state && current.tryRetain()) {
                RegionScanner scanner = null;
                long now = now();
                try {
                    scanner =
                            RegionScanner.open(
                                    scan,
                                    families,
                                    new Sources(current, readPoint, now),
                                    readPoint,
                                    now);
                    return new Region.Rows(scanner, current);
                } finally {
                    if (scanner == null) {
                        current.release();
                    }
                }
            }
        }
    }

    private RegionState state() {
        RegionState current = state;
        if (current == null) {
            throw new RegionClosedException("Region is not served: " + name);
        }
        return current;
    }

    private long now() {
        return services.nowMillis();
    }

    private long readPoint(Isolation isolation) {
        return isolation == Isolation.READ_UNCOMMITTED
                ? Long.MAX_VALUE
                : services.mvcc().readPoint();
    }

    private int indexOf(ColumnFamily family) {
        for (int i = 0; i < families.size(); i++) {
            if (families.get(i).name().equals(family.name())) {
                return i;
            }
        }
        throw new IllegalArgumentException("Not a family of this region: " + family.name());
    }

    /** What a state has for a scan. */
    private final class Sources implements RegionScanner.Sources {
        private final RegionState of;
        private final long readPoint;
        private final long now;

        Sources(RegionState of, long readPoint, long now) {
            this.of = of;
            this.readPoint = readPoint;
            this.now = now;
        }

        @Override
        public List<CellSource> open(ColumnFamily family, Scan scan, byte[][] columns) {
            int index = indexOf(family);
            List<StoreFile> files = of.files(index);
            List<CellSource> sources = new ArrayList<>(files.size() + 2);
            boolean complete = false;
            try {
                of.addMemory(sources, index, readPoint);
                FileChoice choice = new FileChoice(family, scan, columns, now);
                for (StoreFile file : files) {
                    if (choice.needs(file)) {
                        sources.add(file.file().source(choice.mode(file)));
                    }
                }
                complete = true;
            } finally {
                if (!complete) {
                    sources.forEach(CellSource::close);
                }
            }
            return sources;
        }
    }

    /**
     * Writes what is in memory to files; returns when they are the region's. Nothing happens if
     * memory is empty. One flush at a time; reads and writes go on.
     *
     * @return whether there was anything
     */
    boolean flush() {
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
        try {
            writeAll(frozen, cut[0], written);
            publishFlush(written, cut[0]);
        } finally {
            written.forEach(StoreFile::release);
        }
        refillHeadroom();
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

    private void writeAll(RegionState frozen, long cut, List<StoreFile> written) {
        boolean complete = false;
        try {
            for (int family = 0; family < families.size(); family++) {
                write(frozen, family, cut).ifPresent(written::add);
            }
            complete = true;
        } finally {
            if (!complete) {
                written.forEach(StoreFile::retire);
            }
        }
    }

    private Optional<StoreFile> write(RegionState frozen, int family, long cut) {
        List<CellSource> sources = new ArrayList<>();
        boolean tags = false;
        long newest = 0;
        for (MemGeneration generation : frozen.flushing()) {
            MemStore store = generation.store(family);
            if (!store.isEmpty()) {
                sources.add(store.source(Long.MAX_VALUE));
                tags |= store.hasTags();
                newest = Math.max(newest, generation.newest());
            }
        }
        if (sources.isEmpty()) {
            return Optional.empty();
        }
        StoreWriter writer = new StoreWriter(services, directory, families.get(family));
        return writer.flush(sources, cut, newest, tags).map(entry -> openWritten(entry, true));
    }

    private void publishFlush(List<StoreFile> written, long cut) {
        synchronized (stateLock) {
            Map<String, Long> flushed = new HashMap<>(manifest.flushed());
            families.forEach(family -> flushed.put(family.name(), cut));
            replaceFiles(Set.of(), written, flushed, List.of());
        }
    }

    // With stateLock: a new manifest, then a new state; files that go are retired. Adds holds.
    private void replaceFiles(
            Set<StoreFile> removed,
            List<StoreFile> added,
            Map<String, Long> flushed,
            List<MemGeneration> stillFlushing) {
        RegionState before = state;
        List<List<StoreFile>> files = new ArrayList<>();
        List<RegionFile> entries = new ArrayList<>();
        for (int i = 0; i < families.size(); i++) {
            List<StoreFile> family = new ArrayList<>(before.files(i));
            family.removeAll(removed);
            for (StoreFile file : added) {
                if (file.entry().family().equals(families.get(i).name())) {
                    family.add(file);
                }
            }
            sortNewestFirst(family);
            family.forEach(file -> entries.add(file.entry()));
            files.add(family);
        }
        // A number is used once, since a manifest whose writing failed may be there nevertheless.
        Manifest next = new Manifest(++lastManifest, flushed, entries);
        try {
            next.write(services.files(), directory);
        } catch (SkepException e) {
            if (!Manifest.mayExist(services.files(), directory, next.number())) {
                // What was loaded was moved here: who tries again finds it in no other place.
                added.stream()
                        .filter(file -> !file.entry().bulkLoaded())
                        .forEach(StoreFile::retire);
            }
            throw e;
        }
        manifest = next;
        services.wal()
                .between(id -> state = new RegionState(before.active(), stillFlushing, files));
        removed.forEach(StoreFile::retire);
        before.release();
    }

    /**
     * Adds files that lie elsewhere in the store, all at once: they count as written now. What was
     * written before is flushed first. A file of the same name that the region has already is left
     * out, so the call can be repeated.
     *
     * @param staged the family of each file, by absolute path; files are moved from there
     */
    void bulkLoad(Map<String, String> staged) {
        flushing.lock();
        try {
            flushWithLock();
            long[] sequence = {0};
            services.wal().between(id -> sequence[0] = id);
            List<StoreFile> added = new ArrayList<>();
            Set<String> names = new HashSet<>();
            try {
                for (Map.Entry<String, String> entry : new TreeMap<>(staged).entrySet()) {
                    moveIn(entry.getKey(), entry.getValue(), sequence[0])
                            .ifPresent(
                                    file -> {
                                        added.add(file);
                                        names.add(file.entry().path());
                                    });
                }
                if (added.isEmpty()) {
                    return;
                }
                Crash.point("bulk-load.before-manifest");
                synchronized (stateLock) {
                    replaceFiles(Set.of(), added, manifest.flushed(), state().flushing());
                }
            } finally {
                added.forEach(StoreFile::release);
            }
            // Its sequence id is behind that of the files, so they are visible when it is.
            services.wal().markBulkLoaded(wal, names);
        } finally {
            flushing.unlock();
        }
    }

    private Optional<StoreFile> moveIn(String from, String family, long sequence) {
        int slash = from.lastIndexOf('/');
        String familyDirectory = directory + "/" + family;
        String to = familyDirectory + from.substring(slash);
        String relative = to.substring(services.root().length() + 1);
        if (manifest().files().stream().anyMatch(file -> file.path().equals(relative))) {
            return Optional.empty();
        }
        FileSystem fileSystem = services.files();
        if (fileSystem.status(to).isEmpty()) {
            fileSystem.syncFile(from);
            fileSystem.rename(from, to);
            fileSystem.syncDirectory(from.substring(0, slash));
        }
        // Also if it was there already: who moved it may have come to no more than that.
        fileSystem.syncDirectory(familyDirectory);
        return Optional.of(open(new RegionFile(family, relative, EMPTY, EMPTY, sequence, true)));
    }

    /**
     * Joins files of all families.
     *
     * @param major whether all files are joined, or only what is due
     * @return whether anything was joined
     */
    boolean compact(boolean major) {
        boolean any = false;
        for (ColumnFamily family : families) {
            any |= compact(family, major);
        }
        return any;
    }

    private void awaitJoining() {
        boolean interrupted = false;
        synchronized (joining) {
            while (!joining.isEmpty()) {
                try {
                    joining.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private RegionState retained() {
        while (true) {
            RegionState current = state();
            if (current.tryRetain()) {
                return current;
            }
        }
    }

    private boolean compact(ColumnFamily family, boolean major) {
        if (major) {
            awaitJoining();
        }
        StoreCompaction compaction = new StoreCompaction(services, directory, family);
        long flushed = manifest().flushed().getOrDefault(family.name(), 0L);
        RegionState current = null;
        List<StoreFile> chosen = List.of();
        try {
            synchronized (joining) {
                // Not before: what another compaction has replaced leaves joining, too.
                current = retained();
                List<StoreFile> files = current.files(indexOf(family));
                Optional<StoreCompaction.Choice> choice = compaction.choose(files, joining, major);
                if (choice.isEmpty()) {
                    return false;
                }
                chosen = choice.get().files();
                joining.addAll(chosen);
                compaction.take(choice.get());
            }
            if (family.newVersionBehavior() && hasMemory(current)) {
                // Loaded files may count as written after what is in memory.
                compaction.limit(flushed);
            }
            Optional<StoreFile> written =
                    compaction.run(ending).map(entry -> openWritten(entry, false));
            List<StoreFile> added = written.stream().toList();
            try {
                Crash.point("compaction.before-manifest");
                synchronized (stateLock) {
                    if (state == null) {
                        added.forEach(StoreFile::retire);
                    }
                    replaceFiles(Set.copyOf(chosen), added, manifest.flushed(), state().flushing());
                }
            } finally {
                added.forEach(StoreFile::release);
            }
            return true;
        } finally {
            synchronized (joining) {
                joining.removeAll(Set.copyOf(chosen));
                joining.notifyAll();
            }
            if (current != null) {
                current.release();
            }
        }
    }

    private boolean hasMemory(RegionState current) {
        boolean[] any = {current.active().isUsed()};
        current.flushing().forEach(memory -> any[0] |= memory.isUsed());
        // One that has its sequence id may not be there yet.
        services.wal().between(id -> any[0] |= oldestWrite > 0);
        return any[0];
    }

    /** Files of the family that has most. */
    int mostFiles() {
        RegionState current = state;
        return current == null ? 0 : current.mostFiles();
    }

    /** Bytes of the files of the largest family. */
    long largestStoreBytes() {
        RegionState current = state;
        long largest = 0;
        if (current == null) {
            return 0;
        }
        for (List<StoreFile> family : current.files()) {
            largest = Math.max(largest, family.stream().mapToLong(StoreFile::bytes).sum());
        }
        return largest;
    }

    /** The sequence id of the oldest write in memory; 0 if there is none. */
    long oldestWrite() {
        RegionState current = state;
        return current == null || current.memoryBytes() == 0 ? 0 : oldestInMemory;
    }

    /** The files of the region and up to where writes are in them, as of now. */
    Manifest manifest() {
        synchronized (stateLock) {
            return manifest;
        }
    }

    /**
     * Ends it; flushes before if wanted and if the log lives. Readers go on with what they hold.
     */
    void close(boolean flush) {
        ending.cancel();
        flushing.lock();
        try {
            if (state == null) {
                return;
            }
            if (flush && !services.wal().isDead()) {
                flushToClose();
            }
            RegionState last;
            synchronized (stateLock) {
                last = state;
                state = null;
            }
            last.release();
            awaitJoining();
        } finally {
            flushing.unlock();
        }
    }

    private void flushToClose() {
        boolean flushed = false;
        try {
            flushWithLock();
            services.wal().markClosed(wal);
            flushed = true;
        } finally {
            if (!flushed) {
                ending = new CancelFlag();
            }
        }
    }

    WalRegion wal() {
        return wal;
    }

    byte[][] familyNames() {
        return familyNames;
    }
}
