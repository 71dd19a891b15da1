package org.skep.base.fault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;

/**
 * A file system in memory that can lose what was not synced, and fail. For tests only. Safe for use
 * by many threads: guarded by itself.
 *
 * <p>It promises as little as a disk does. A file's bytes survive a power cut up to its last sync,
 * and perhaps some of those behind. An entry of a directory (made or deleted) survives for certain
 * only once that directory was synced; others survive each for itself, in any order. Only of a
 * rename it is known, as of all file systems with a journal, that the old name does not go without
 * the new one being there. A sync of a file that fails loses the bytes for good, as Linux does: a
 * second one reports success and does not bring them back.
 *
 * <p>Operations that change something are counted from 1 on, so that a test can let each of them
 * fail in turn: {@link #failAt}, {@link #cutPowerAt}.
 */
public final class FaultyFileSystem implements FileSystem {
    /** Thrown by every operation from a power cut until {@link #restart}; nothing may catch it. */
    public static final class PowerCut extends Error {
        private static final long serialVersionUID = 1;

        PowerCut(String path) {
            super("Power cut at " + path);
        }
    }

    /** What a careless program could forget; used to show that a test would notice. */
    public enum Carelessness {
        /** Syncs of files do nothing. */
        SKIPS_FILE_SYNC,
        /** Syncs of directories do nothing. */
        SKIPS_DIRECTORY_SYNC
    }

    /** What survives of what was not synced. */
    public enum Survival {
        /** Nothing. */
        NONE,
        /** Everything, as after the end of the process alone. */
        ALL,
        /** Each change by chance. */
        SOME
    }

    private static final class FileNode {
        private final GrowingBytes bytes = new GrowingBytes(new byte[0]);
        private byte[] durable = new byte[0];
        private int lostFrom;
        private int lostTo;
        private long modified;

        void sync() {
            int length = bytes.length();
            durable = bytes.copy(length);
            Arrays.fill(durable, Math.min(lostFrom, length), Math.min(lostTo, length), (byte) 0);
        }

        void failSync() {
            lostFrom = lostTo > lostFrom ? Math.min(lostFrom, durable.length) : durable.length;
            lostTo = bytes.length();
        }

        void cut(Survival survival, Random random) {
            if (survival == Survival.ALL) {
                return;
            }
            int more = Math.max(0, bytes.length() - durable.length);
            int kept = survival == Survival.NONE || more == 0 ? 0 : random.nextInt(more + 1);
            byte[] left = bytes.copy(durable.length + kept);
            System.arraycopy(durable, 0, left, 0, durable.length);
            bytes.replace(left);
            durable = left.clone();
            lostFrom = 0;
            lostTo = 0;
        }
    }

    private static final class Change {
        private final String name;
        private final Object node;
        // The other half of a rename, for the half that takes the old name away.
        private final Runnable before;

        Change(String name, Object node, Runnable before) {
            this.name = name;
            this.node = node;
            this.before = before;
        }
    }

    private static final class Directory {
        private TreeMap<String, Object> entries = new TreeMap<>();
        private TreeMap<String, Object> durable = new TreeMap<>();
        private final List<Change> unsynced = new ArrayList<>();

        void put(String name, Object node) {
            entries.put(name, node);
            unsynced.add(new Change(name, node, () -> {}));
        }

        void remove(String name, Runnable before) {
            entries.remove(name);
            unsynced.add(new Change(name, null, before));
        }

        void sync() {
            List<Change> all = List.copyOf(unsynced);
            unsynced.clear();
            all.forEach(this::keep);
        }

        private void keep(Change change) {
            if (change.node != null) {
                durable.put(change.name, change.node);
            } else {
                change.before.run();
                durable.remove(change.name);
            }
        }

        // Makes one entry durable before its time.
        void keep(String name, Object node) {
            for (Change change : List.copyOf(unsynced)) {
                if (change.name.equals(name) && change.node == node) {
                    unsynced.remove(change);
                    keep(change);
                }
            }
        }

        void survive(Survival survival, Random random) {
            for (Change change : List.copyOf(unsynced)) {
                boolean kept =
                        survival == Survival.ALL
                                || (survival == Survival.SOME && random.nextBoolean());
                if (kept && unsynced.remove(change)) {
                    keep(change);
                }
            }
        }

        void cut() {
            unsynced.clear();
            entries = new TreeMap<>(durable);
        }
    }

    private final Directory root = new Directory();
    private final Set<Carelessness> carelessness = EnumSet.noneOf(Carelessness.class);
    private final Map<Long, ErrorCode> failures = new HashMap<>();
    private final List<Runnable> delayed = new ArrayList<>();
    private String delayedBelow = "";
    private long operations;
    private long cutAt = -1;
    private boolean dark;
    private long bytes;
    private long limit = Long.MAX_VALUE;
    private long time = 1_700_000_000_000L;

    /**
     * A file system with some directories that are there for certain.
     *
     * @param directories absolute
     */
    public FaultyFileSystem(String... directories) {
        for (String directory : directories) {
            Directory at = root;
            for (String name : names(directory)) {
                Object next = at.entries.get(name);
                if (next == null) {
                    next = new Directory();
                    at.put(name, next);
                    at.sync();
                }
                at = (Directory) next;
            }
        }
    }

    /** Forgets syncs from now on. */
    public synchronized void become(Carelessness kind) {
        carelessness.add(kind);
    }

    /**
     * Lets syncs below a directory return before they are done: they happen just before the next
     * change of a file anywhere. So whatever the program does in between, such as a commit
     * elsewhere, comes first.
     */
    public synchronized void delaySyncsBelow(String directory) {
        delayedBelow = directory;
    }

    /** How many changes there were, those that failed too. */
    public synchronized long operations() {
        return operations;
    }

    /** Lets the change with this number, counted from now on and from 1, fail once. */
    public synchronized void failAt(long number, ErrorCode code) {
        failures.put(operations + number, code);
    }

    /** Ends all that was planned: failures, the power cut, the limit. */
    public synchronized void mend() {
        failures.clear();
        cutAt = -1;
        limit = Long.MAX_VALUE;
    }

    /** Cuts the power instead of the change with this number, counted from now on and from 1. */
    public synchronized void cutPowerAt(long number) {
        cutAt = operations + number;
    }

    /** Cuts the power now. */
    public synchronized void cutPower() {
        dark = true;
    }

    /** Whether the power was cut. */
    public synchronized boolean dark() {
        return dark;
    }

    /**
     * Lets writes fail with DISK_FULL once so many more bytes were written; deleting frees none.
     */
    public synchronized void limitBytes(long more) {
        limit = bytes + more;
    }

    /** Brings the power back: what was not synced is lost, or not. */
    public synchronized void restart(Survival survival, Random random) {
        dark = false;
        cutAt = -1;
        delayed.clear();
        survive(root, survival, random, Collections.newSetFromMap(new IdentityHashMap<>()));
        cut(root, survival, random, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    // Chooses in all directories, those that are gone now too, before any of them changes.
    private static void survive(
            Directory directory, Survival survival, Random random, Set<Object> seen) {
        List<Object> nodes = new ArrayList<>(directory.entries.values());
        nodes.addAll(directory.durable.values());
        directory.survive(survival, random);
        for (Object node : nodes) {
            if (node instanceof Directory below && seen.add(below)) {
                survive(below, survival, random, seen);
            }
        }
    }

    private static void cut(
            Directory directory, Survival survival, Random random, Set<Object> seen) {
        directory.cut();
        for (Object node : directory.entries.values()) {
            if (!seen.add(node)) {
                continue;
            }
            if (node instanceof FileNode file) {
                file.cut(survival, random);
                if (survival == Survival.ALL) {
                    file.sync();
                }
            } else {
                cut((Directory) node, survival, random, seen);
            }
        }
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    private static List<String> names(String path) {
        String plain = path.startsWith("file:") ? path.substring("file:".length()) : path;
        List<String> names = new ArrayList<>();
        for (String name : plain.split("/", -1)) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    private Object find(String path) {
        Object at = root;
        for (String name : names(path)) {
            at = at instanceof Directory directory ? directory.entries.get(name) : null;
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    private Directory parent(String path) {
        List<String> names = names(path);
        Object at = root;
        for (String name : names.subList(0, names.size() - 1)) {
            at = at instanceof Directory directory ? directory.entries.get(name) : null;
        }
        if (at instanceof Directory directory) {
            return directory;
        }
        throw notFound(path);
    }

    private static String name(String path) {
        List<String> names = names(path);
        return names.get(names.size() - 1);
    }

    private FileNode file(String path) {
        if (find(path) instanceof FileNode file) {
            return file;
        }
        throw notFound(path);
    }

    private static SkepException notFound(String path) {
        return new SkepException(ErrorCode.FILE_NOT_FOUND, "File not found: " + path);
    }

    private static SkepException failed(ErrorCode code, String path) {
        return new SkepException(code, "Planned failure: " + path);
    }

    private void read(String path) {
        if (dark) {
            throw new PowerCut(path);
        }
    }

    // Returns the failure that is planned for this change.
    private Optional<SkepException> count(String path) {
        read(path);
        operations++;
        if (operations == cutAt) {
            dark = true;
            throw new PowerCut(path);
        }
        return Optional.ofNullable(failures.remove(operations)).map(code -> failed(code, path));
    }

    private void change(String path) {
        Optional<SkepException> failure = count(path);
        List.copyOf(delayed).forEach(Runnable::run);
        delayed.clear();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private void sync(String path, Carelessness skipped, Runnable work) {
        if (carelessness.contains(skipped)) {
            return;
        }
        if (!delayedBelow.isEmpty() && path.startsWith(delayedBelow)) {
            delayed.add(work);
        } else {
            work.run();
        }
    }

    @Override
    public synchronized Optional<FileStatus> status(String path) {
        read(path);
        Object node = find(path);
        return Optional.ofNullable(node).map(found -> status(path, found));
    }

    private static FileStatus status(String path, Object node) {
        return node instanceof FileNode file
                ? new FileStatus(path, false, file.bytes.length(), file.modified)
                : new FileStatus(path, true, 0, 0);
    }

    @Override
    public synchronized List<FileStatus> list(String directory) {
        read(directory);
        if (!(find(directory) instanceof Directory found)) {
            throw notFound(directory);
        }
        String prefix = directory.endsWith("/") ? directory : directory + "/";
        List<FileStatus> entries = new ArrayList<>();
        found.entries.forEach((name, node) -> entries.add(status(prefix + name, node)));
        return entries;
    }

    @Override
    public synchronized InputFile open(String path) {
        read(path);
        return new MemoryInput(this, path, file(path).bytes, () -> read(path));
    }

    @Override
    public synchronized OutputFile create(String path) {
        change(path);
        Directory parent = parent(path);
        if (parent.entries.containsKey(name(path))) {
            throw exists("write", path);
        }
        FileNode file = new FileNode();
        file.modified = ++time;
        parent.put(name(path), file);
        return new Output(path, file);
    }

    private static SkepException exists(String verb, String path) {
        return new SkepException(
                ErrorCode.IO_ERROR, "Cannot %s %s: it exists".formatted(verb, path));
    }

    @Override
    public synchronized OutputFile append(String path) {
        read(path);
        return new Output(path, file(path));
    }

    @Override
    public synchronized void rename(String from, String to) {
        change(from);
        Object node = find(from);
        if (node == null) {
            throw notFound(from);
        }
        Directory target = parent(to);
        if (target.entries.containsKey(name(to))) {
            throw exists("rename", from + " to " + to);
        }
        target.put(name(to), node);
        parent(from).remove(name(from), () -> target.keep(name(to), node));
    }

    @Override
    public synchronized void delete(String path) {
        change(path);
        Object node = find(path);
        if (node == null) {
            return;
        }
        if (node instanceof Directory directory && !directory.entries.isEmpty()) {
            throw new SkepException(
                    ErrorCode.IO_ERROR, "Cannot delete %s: it is not empty".formatted(path));
        }
        parent(path).remove(name(path), () -> {});
    }

    @Override
    public synchronized void deleteTree(String path) {
        Object node = find(path);
        if (node == null) {
            read(path);
            return;
        }
        if (node instanceof Directory directory) {
            for (String name : List.copyOf(directory.entries.keySet())) {
                deleteTree(path + "/" + name);
            }
        }
        delete(path);
    }

    @Override
    public synchronized void createDirectories(String path) {
        Optional<SkepException> failure = count(path);
        if (failure.isPresent()) {
            throw failure.get();
        }
        Directory at = root;
        for (String name : names(path)) {
            Object next = at.entries.get(name);
            if (next == null) {
                next = new Directory();
                at.put(name, next);
            }
            if (!(next instanceof Directory)) {
                throw exists("create directory", path);
            }
            at = (Directory) next;
        }
    }

    @Override
    public synchronized void syncFile(String path) {
        sync(path, file(path));
    }

    private void sync(String path, FileNode file) {
        Optional<SkepException> failure = count(path);
        if (failure.isPresent()) {
            file.failSync();
            throw failure.get();
        }
        sync(path, Carelessness.SKIPS_FILE_SYNC, file::sync);
    }

    @Override
    public synchronized void syncDirectory(String path) {
        Optional<SkepException> failure = count(path);
        if (!(find(path) instanceof Directory directory)) {
            throw notFound(path);
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        sync(path, Carelessness.SKIPS_DIRECTORY_SYNC, directory::sync);
    }

    /** All files that would be there after a power cut in which nothing else survives, sorted. */
    public synchronized Set<String> durableFiles() {
        Set<String> paths = new LinkedHashSet<>();
        durableFiles(root, "", paths, new HashSet<>());
        return paths;
    }

    private static void durableFiles(
            Directory directory, String path, Set<String> paths, Set<Object> above) {
        directory.durable.forEach(
                (name, node) -> {
                    if (node instanceof Directory below && above.add(below)) {
                        durableFiles(below, path + "/" + name, paths, above);
                    } else if (node instanceof FileNode) {
                        paths.add(path + "/" + name);
                    }
                });
    }

    private final class Output implements OutputFile {
        private final String path;
        private final FileNode file;

        Output(String path, FileNode file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public long position() {
            synchronized (FaultyFileSystem.this) {
                return file.bytes.length();
            }
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            synchronized (FaultyFileSystem.this) {
                change(path);
                file.modified = ++time;
                if (bytes + length > limit) {
                    int part = (int) (limit - bytes);
                    file.bytes.append(source, offset, part);
                    bytes = limit;
                    throw failed(ErrorCode.DISK_FULL, path);
                }
                bytes += length;
                file.bytes.append(source, offset, length);
            }
        }

        @Override
        public void sync() {
            synchronized (FaultyFileSystem.this) {
                FaultyFileSystem.this.sync(path, file);
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
