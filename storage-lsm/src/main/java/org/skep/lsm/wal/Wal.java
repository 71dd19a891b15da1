package org.skep.lsm.wal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.time.Clock;
import org.skep.lsm.schema.Durability;

/**
 * The write-ahead log of a store, shared by its regions. A write is appended to the open group,
 * which gives it its sequence id; one of the waiting threads then leads: it writes the whole group
 * with one call and one sync while the next group fills. So many writers share one sync, and one
 * alone waits for nobody.
 *
 * <p>The rule for failures: a write that the disk refused fails, the file gets no more records, and
 * the next write tries a new file. After a sync that failed the file is never trusted again: what
 * was not on the disk by then is written to a new file and synced there before anything is
 * acknowledged. If that fails too, the log is dead: all writes fail with IO_ERROR until the store
 * is opened again. A failed write may nevertheless be there after a restart, as after any crash.
 *
 * <p>Safe for use by many threads.
 */
public final class Wal implements AutoCloseable {
    private static final int ASYNC_GROUP = 256 << 10;
    private static final int FULL_GROUP = 16 << 20;

    private final FileSystem files;
    private final String directory;
    private final WalOptions options;
    private final ChecksumRule rule;
    private final Clock clock;
    private final SequenceClock sequences;
    private final Mvcc mvcc;
    private final long epoch;
    private final LogFiles log;
    private final ReentrantLock lock = new ReentrantLock();
    // Signalled when a leader is done and when a background sync is.
    private final Condition idle = lock.newCondition();

    private WriteGroup filling = new WriteGroup();
    private WriteGroup spare = new WriteGroup();
    private boolean leading;
    private boolean syncing;
    private volatile boolean closed;
    private volatile SkepException death;
    // Why the last group was refused; null since one was written.
    private SkepException refusal;
    private Thread background;

    // Used by the leader; read by trim.
    private volatile LogOutput output;
    private WalFile lastFile;
    private long lastNumber;
    private long openedNanos;
    private final LongAdder groups = new LongAdder();
    private final LongAdder records = new LongAdder();
    private final LongAdder syncs = new LongAdder();
    private final LongAdder failedSyncs = new LongAdder();

    private Wal(
            FileSystem files,
            String directory,
            Clock clock,
            WalOptions options,
            ChecksumRule rule,
            WalRecovery found,
            SequenceClock sequences,
            long epoch) {
        this.files = files;
        this.directory = directory;
        this.clock = clock;
        this.options = options;
        this.rule = rule;
        this.sequences = sequences;
        this.epoch = epoch;
        log = new LogFiles(files, directory, lock, found.log(), found.regions());
        lastFile = log.newest();
        sequences.observe(found.lastSequence());
        mvcc = new Mvcc(sequences);
    }

    /**
     * Opens a log: verifies every record that is there. The records stay until {@link #replay}ed
     * and flushed; new ones go to new files of a new epoch.
     *
     * @param leastEpoch the epoch is at least this and greater than all before; tells records of
     *     this process from those of others
     * @throws SkepException CORRUPT_FILE naming file and offset if a record is damaged that is not
     *     the torn end of the log
     */
    public static Wal open(
            FileSystem files, String directory, Clock clock, WalOptions options, long leastEpoch) {
        return open(files, directory, clock, options, leastEpoch, ChecksumRule.EQUAL);
    }

    /** The same with a rule that tests may plant. */
    static Wal open(
            FileSystem files,
            String directory,
            Clock clock,
            WalOptions options,
            long leastEpoch,
            ChecksumRule rule) {
        if (files.status(directory).isEmpty()) {
            files.createDirectories(directory);
            files.syncDirectory(directory.substring(0, directory.lastIndexOf('/')));
        }
        WalRecovery found = new WalRecovery(files, options.damage(), rule);
        found.run(directory);
        if (!found.empty().isEmpty()) {
            found.empty().forEach(files::delete);
            files.syncDirectory(directory);
        }
        Wal wal =
                new Wal(
                        files,
                        directory,
                        clock,
                        options,
                        rule,
                        found,
                        new SequenceClock(clock),
                        Math.max(leastEpoch, found.lastEpoch() + 1));
        if (!options.syncInterval().isZero()) {
            wal.background = NamedThreads.called("wal-sync").newThread(wal::syncInBackground);
            wal.background.start();
        }
        return wal;
    }

    /** The sequence ids of the store. */
    public SequenceClock sequences() {
        return sequences;
    }

    /** The read point of the store. */
    public Mvcc mvcc() {
        return mvcc;
    }

    /** The number that tells this process's records from those of others. */
    public long epoch() {
        return epoch;
    }

    /** A region as the log knows it; always the same object for a name. */
    public WalRegion region(String name) {
        return log.region(name);
    }

    /** Whether the log holds writes of the region, from before it was opened, behind {@code id}. */
    public boolean hasWritesBehind(WalRegion region, long id) {
        return log.hasWritesBehind(region, id);
    }

    /**
     * Reads once through what the log held when it was opened, and hands each region its writes, in
     * the order in which they were made within a file; several files at the same time. Some writes
     * may be flushed already; files in which all of the region are may be gone.
     */
    public void replay(Map<WalRegion, Replay> targets) {
        new WalReplay(files, rule, log, targets).run();
    }

    /**
     * Gives a write its place: its sequence id, and its record in the open group unless it is
     * SKIP_WAL. The caller then applies it to memory and calls {@link #commit}, in any case.
     *
     * @throws SkepException if the log is dead or closed, or the write too large; nothing was begun
     *     then
     */
    public void append(Write write) {
        if (WalFormat.size(write) > WalFormat.MAX_RECORD) {
            throw new SkepException(
                    ErrorCode.INVALID_OPTION,
                    "Write must have %d bytes at most: %d"
                            .formatted(WalFormat.MAX_RECORD, WalFormat.size(write)));
        }
        lock.lock();
        try {
            if (filling.bytes() > FULL_GROUP) {
                awaitRoom();
            }
            check();
            boolean logged = write.durability != Durability.SKIP_WAL;
            if (logged) {
                filling.ensure(WalFormat.size(write));
            }
            mvcc.begin(write);
            write.sequenced(write.sequence());
            if (logged) {
                filling.add(write, epoch);
            }
            if (!logged || write.durability == Durability.ASYNC_WAL) {
                write.durable();
            }
        } finally {
            lock.unlock();
        }
    }

    // With the lock. What is acknowledged fills the group when the disk refuses it: whoever comes
    // next tries whether there is space again.
    private void awaitRoom() {
        boolean tried = false;
        while (filling.bytes() > FULL_GROUP && death == null && !closed) {
            if (leading) {
                idle.awaitUninterruptibly();
            } else if (refusal == null) {
                return;
            } else if (tried) {
                throw new SkepException(refusal.code(), refusal.getMessage(), refusal);
            } else {
                tried = true;
                WriteGroup group = take();
                lock.unlock();
                try {
                    lead(group);
                } finally {
                    lock.lock();
                }
            }
        }
    }

    private void check() {
        SkepException cause = death;
        if (cause != null) {
            throw new SkepException(
                    ErrorCode.IO_ERROR,
                    "Write-ahead log failed, open the store again: " + cause.getMessage(),
                    cause);
        }
        if (closed) {
            throw new SkepException(ErrorCode.IO_ERROR, "Write-ahead log is closed: " + directory);
        }
    }

    /** Whether writes can only fail until the store is opened again. */
    public boolean isDead() {
        return death != null;
    }

    /**
     * Runs {@code work} between two writes: no sequence id is given out meanwhile.
     *
     * @param work is given a new sequence id, greater than those of all writes so far and less than
     *     those of all to come
     */
    public void between(LongConsumer work) {
        lock.lock();
        try {
            work.accept(sequences.next());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until an applied write is as durable as it wants to be, and visible.
     *
     * @throws SkepException if it failed; it was taken back then
     */
    public void commit(Write write) {
        if (write.applied()) {
            mvcc.advance();
        }
        if (write.durability == Durability.ASYNC_WAL && write.group.bytes() > ASYNC_GROUP) {
            lead(write);
        }
        while (!write.isVisible()) {
            SkepException failure = write.failure();
            if (failure != null) {
                takeBack(write);
                throw failure;
            }
            boolean led;
            try {
                led = lead(write);
            } catch (Throwable e) {
                takeBack(write);
                throw e;
            }
            if (!led) {
                write.parkUnless(() -> canLead(write));
            }
        }
    }

    private void takeBack(Write write) {
        write.rollback();
        write.giveUp();
        mvcc.advance();
    }

    private boolean canLead(Write write) {
        lock.lock();
        try {
            return !leading && !write.isDurable() && write.group == filling;
        } finally {
            lock.unlock();
        }
    }

    // Writes the open group if the write is in it and nobody leads; answers whether it did.
    private boolean lead(Write write) {
        WriteGroup group;
        lock.lock();
        try {
            boolean mine =
                    write.group == filling && (!write.isDurable() || filling.bytes() > ASYNC_GROUP);
            if (leading || !mine || death != null) {
                return false;
            }
            group = take();
        } finally {
            lock.unlock();
        }
        lead(group);
        return true;
    }

    // With the lock.
    private WriteGroup take() {
        leading = true;
        WriteGroup group = filling;
        filling = spare;
        spare = null;
        return group;
    }

    private void lead(WriteGroup group) {
        try {
            process(group);
        } catch (Throwable e) {
            // Whatever this is, the file's state is not known any more.
            die(new SkepException(ErrorCode.IO_ERROR, String.valueOf(e.getMessage()), e), group);
            throw e;
        } finally {
            handOver(group);
        }
    }

    private void handOver(WriteGroup group) {
        Write next = null;
        lock.lock();
        try {
            leading = false;
            group.clear();
            spare = group;
            if (death != null) {
                failAll(filling, death);
                filling.clear();
            } else {
                next = filling.firstWaiting();
            }
            idle.signalAll();
        } finally {
            lock.unlock();
        }
        mvcc.advance();
        if (next != null) {
            next.unpark();
        }
    }

    // As the leader.
    private void process(WriteGroup group) {
        try {
            if (output == null) {
                openNext();
            }
            if (group.isEmpty()) {
                return;
            }
            output.write(group);
        } catch (SkepException e) {
            refused(group, e);
            return;
        }
        groups.increment();
        records.add(group.writes.size());
        use(group);
        for (Write write : group.writes) {
            if (write.durability == Durability.SYNC_WAL) {
                write.durable();
            }
        }
        if (group.sync && !sync(group)) {
            return;
        }
        for (Write write : group.writes) {
            write.durable();
        }
        if (output.written() >= options.rollBytes()) {
            mvcc.advance();
            roll();
        }
    }

    private void use(WriteGroup group) {
        lock.lock();
        try {
            refusal = null;
            log.use(output.file, group.writes);
        } finally {
            lock.unlock();
        }
    }

    // The disk refused a group: its writes fail, except for those acknowledged already.
    private void refused(WriteGroup group, SkepException cause) {
        WriteGroup acknowledged = new WriteGroup();
        for (Write write : group.writes) {
            if (write.isDurable()) {
                acknowledged.adopt(write, group.buffer, write.groupOffset, write.groupLength);
            }
        }
        closeRefused();
        lock.lock();
        try {
            refusal = cause;
            if (!acknowledged.isEmpty()) {
                putBefore(acknowledged);
            }
        } finally {
            lock.unlock();
        }
        for (Write write : group.writes) {
            if (!write.isDurable()) {
                write.fail(cause);
            }
        }
    }

    // With the lock: acknowledged writes go before those that wait.
    private void putBefore(WriteGroup acknowledged) {
        WriteGroup behind = filling;
        for (Write write : behind.writes) {
            acknowledged.adopt(write, behind.buffer, write.groupOffset, write.groupLength);
        }
        acknowledged.sync = behind.sync;
        filling = acknowledged;
    }

    // What was written whole before counts still, and is made durable; what was torn does not.
    private void closeRefused() {
        LogOutput old = output;
        if (old == null) {
            return;
        }
        if (old.synced() < old.written()) {
            sync(null);
        }
        if (output == old) {
            close(old);
        }
    }

    private void close(LogOutput old) {
        awaitBackgroundSync();
        old.close();
        output = null;
    }

    private void awaitBackgroundSync() {
        lock.lock();
        try {
            while (syncing) {
                idle.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    // Brings the file to the disk, or what it holds to another file; false if the log is dead.
    private boolean sync(WriteGroup group) {
        // The system tells a failure to one of two callers only, so they must not overlap.
        awaitBackgroundSync();
        SkepException failure = output.failure();
        if (failure == null) {
            try {
                output.sync();
                syncs.increment();
                return true;
            } catch (SkepException e) {
                failedSyncs.increment();
                failure = e;
            }
        }
        return rescue(group, failure);
    }

    private boolean rescue(WriteGroup group, SkepException cause) {
        LogOutput failed = output;
        try {
            byte[] unsynced = failed.unsynced(group);
            failed.giveUpUnsynced();
            openNext();
            Crash.point("wal.before-rescue");
            output.write(unsynced);
            output.sync();
            syncs.increment();
            log.moveUses(failed.file, output.file);
            return true;
        } catch (SkepException e) {
            e.addSuppressed(cause);
            die(e, group);
            return false;
        }
    }

    private void die(SkepException cause, WriteGroup group) {
        lock.lock();
        try {
            if (death == null) {
                death = cause;
            }
        } finally {
            lock.unlock();
        }
        if (group != null) {
            failAll(group, cause);
        }
    }

    private static void failAll(WriteGroup group, SkepException cause) {
        for (Write write : group.writes) {
            if (!write.isDurable()) {
                write.fail(
                        new SkepException(
                                ErrorCode.IO_ERROR,
                                "Write-ahead log failed, open the store again: "
                                        + cause.getMessage(),
                                cause));
            }
        }
    }

    private void openNext() {
        WalFile file =
                new WalFile(
                        directory + "/" + WalFormat.fileName(epoch, ++lastNumber),
                        epoch,
                        lastNumber);
        output = LogOutput.create(files, directory, file, lastFile);
        openedNanos = clock.nanoTime();
        lastFile = file;
        log.add(file);
        for (WalFile before : log.inDoubt()) {
            writeOnceMore(before);
            log.moveUses(before, file);
        }
        log.nothingInDoubt();
    }

    // What another process wrote last may not be on the disk, and may never come there if a sync of
    // it failed: it goes to the file of this process too, before anything else.
    private void writeOnceMore(WalFile before) {
        byte[] records = new byte[Math.toIntExact(before.readable - before.certain)];
        try (InputFile input = files.open(before.path)) {
            input.readFully(before.certain, records, 0, records.length);
        }
        WalFormat.changeEpoch(records, epoch);
        output.write(records);
    }

    // Ends the file; the next group begins another one.
    private void roll() {
        if (output == null
                || output.written() == WalFormat.HEADER
                || (output.synced() < output.written() && !sync(null))) {
            return;
        }
        Crash.point("wal.roll");
        close(output);
    }

    /** Ends the current file if it holds anything, so that it can go once it is flushed. */
    public void rollNow() {
        withLeadership(this::roll);
    }

    /**
     * Returns when everything appended so far is on the disk.
     *
     * @throws SkepException the failure, if the disk refuses it
     */
    public void sync() {
        withLeadership(
                () -> {
                    if (output != null && output.synced() < output.written()) {
                        sync(null);
                    }
                });
        check();
        lock.lock();
        try {
            if (refusal != null && !filling.isEmpty()) {
                throw new SkepException(refusal.code(), refusal.getMessage(), refusal);
            }
        } finally {
            lock.unlock();
        }
    }

    // Writes the open group, then does some work before anybody else leads.
    private void withLeadership(Runnable work) {
        WriteGroup group;
        lock.lock();
        try {
            while (leading) {
                idle.awaitUninterruptibly();
            }
            if (death != null) {
                return;
            }
            group = take();
        } finally {
            lock.unlock();
        }
        try {
            if (!group.isEmpty()) {
                process(group);
            }
            if (death == null) {
                work.run();
            }
        } catch (Throwable e) {
            die(new SkepException(ErrorCode.IO_ERROR, String.valueOf(e.getMessage()), e), group);
            throw e;
        } finally {
            handOver(group);
        }
    }

    /**
     * All writes of the region up to {@code id} are in store files: files of the log that nobody
     * needs any more are deleted.
     */
    public void flushed(WalRegion region, long id) {
        log.flushed(region, id);
    }

    /** Notes in the log that the region's writes up to {@code id} are in store files. */
    public void markFlushed(WalRegion region, long id) {
        mark(region, WalFormat.Type.FLUSHED, ByteBuffer.allocate(8).putLong(id).array());
    }

    /** Notes in the log that a region was opened. */
    public void markOpened(WalRegion region) {
        mark(region, WalFormat.Type.OPENED, new byte[0]);
    }

    /** Notes in the log that a region was closed with nothing left in memory. */
    public void markClosed(WalRegion region) {
        mark(region, WalFormat.Type.CLOSED, new byte[0]);
    }

    /** Notes in the log that files were added to a region. */
    public void markBulkLoaded(WalRegion region, Collection<String> names) {
        java.io.ByteArrayOutputStream payload = new java.io.ByteArrayOutputStream();
        for (String name : names) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            payload.write(bytes.length >> 8);
            payload.write(bytes.length);
            payload.writeBytes(bytes);
        }
        mark(region, WalFormat.Type.BULK_LOADED, payload.toByteArray());
    }

    // Marks are for people who look into the log: the manifest decides. So nobody waits for them,
    // and one that cannot be written is left out.
    private void mark(WalRegion region, WalFormat.Type type, byte[] payload) {
        if (death != null) {
            return;
        }
        Marker marker = new Marker(region, type, payload, Durability.ASYNC_WAL);
        try {
            append(marker);
        } catch (SkepException e) {
            return;
        }
        commit(marker);
    }

    /** The region is gone: the log need not keep its writes. */
    public void forget(WalRegion region) {
        flushed(region, Long.MAX_VALUE);
    }

    /** Forgets the regions whose names are not among some: they are gone. */
    public void forgetAllBut(Predicate<String> kept) {
        log.forgetAllBut(kept);
    }

    /**
     * Makes the log short if that is cheap: deletes files that nobody needs, the one that is
     * written to as well if it has at least so many bytes.
     */
    public void trim(long least) {
        LogOutput current = output;
        if (current != null && current.written() >= least && death == null && !log.isNeeded()) {
            withLeadership(() -> startOver(least));
        }
        log.dropFlushed();
    }

    // As the leader. The file goes when the next one is there, which tells its end.
    private void startOver(long least) {
        if (output == null || output.written() < least || log.isNeeded()) {
            return;
        }
        roll();
        if (output == null && death == null) {
            try {
                openNext();
            } catch (SkepException e) {
                return; // the next write tries it again
            }
        }
    }

    /**
     * The regions that alone keep the oldest file from being deleted; none if there are more than
     * {@code most} of them, or no file but the one that is written to.
     */
    public List<String> lastHolders(int most) {
        return log.lastHolders(most);
    }

    /**
     * Regions that must be flushed so that the log becomes shorter than it is allowed to be: those
     * with unflushed writes in its oldest files. Names, oldest first; empty if the log is short
     * enough.
     */
    public List<String> regionsHoldingBack() {
        return log.regionsHoldingBack(options.keptBytes());
    }

    /** Counters. */
    public WalStatus status() {
        lock.lock();
        try {
            return new WalStatus(
                    log.count(),
                    log.bytes(),
                    groups.sum(),
                    records.sum(),
                    syncs.sum(),
                    failedSyncs.sum());
        } finally {
            lock.unlock();
        }
    }

    private void syncInBackground() {
        long interval = options.syncInterval().toNanos();
        long next = clock.nanoTime() + interval;
        while (!closed && death == null) {
            long wait = next - clock.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
                continue;
            }
            syncOnce();
            next = clock.nanoTime() + interval;
        }
    }

    // Hands the open group to the system with leadership, then syncs without it, so that nobody
    // has to wait.
    private void syncOnce() {
        if (closed || death != null) {
            return;
        }
        LogOutput[] current = new LogOutput[1];
        long[] length = new long[1];
        withLeadership(
                () -> {
                    if (output != null
                            && clock.nanoTime() - openedNanos > options.rollInterval().toNanos()) {
                        roll();
                    }
                    if (output != null && output.synced() < output.written()) {
                        current[0] = output;
                        length[0] = output.written();
                        setSyncing(true);
                    }
                });
        if (current[0] == null) {
            return;
        }
        try {
            current[0].sync(length[0]);
            syncs.increment();
        } catch (SkepException e) {
            failedSyncs.increment();
            current[0].fail(e);
        } finally {
            setSyncing(false);
        }
        if (current[0].failure() != null) {
            withLeadership(
                    () -> {
                        if (output == current[0]) {
                            rescue(null, output.failure());
                        }
                    });
        }
    }

    private void setSyncing(boolean value) {
        lock.lock();
        try {
            syncing = value;
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Brings everything to the disk and ends the log in order. Regions must have been closed, or
     * their writes are replayed when the store is opened next. A second call does nothing.
     */
    @Override
    public void close() {
        Marker end = new Marker(null, WalFormat.Type.END, new byte[0], Durability.FSYNC_WAL);
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (death == null && (output != null || !filling.isEmpty())) {
                filling.ensure(WalFormat.size(end));
                mvcc.begin(end);
                filling.add(end, epoch);
                end.applied();
            }
            closed = true;
            idle.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            withLeadership(
                    () -> {
                        if (output != null) {
                            close(output);
                        }
                    });
        } finally {
            joinBackground();
        }
        if (end.failure() != null) {
            throw end.failure();
        }
    }

    private void joinBackground() {
        boolean interrupted = false;
        while (background != null && background.isAlive()) {
            LockSupport.unpark(background);
            try {
                background.join(10);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
