package org.skep.lsm.wal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.skep.base.error.SkepException;
import org.skep.lsm.schema.Durability;

/**
 * One atomic write on its way: appended to the log, which gives it its sequence id; applied to
 * memory by its thread; durable as its durability wants; and then visible, once all writes before
 * it are. Used by one thread; the log's threads change its state.
 */
public abstract class Write {
    private static final int APPLIED = 1;
    private static final int DURABLE = 2;
    private static final int COMPLETE = APPLIED | DURABLE;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Write.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final WalRegion region;
    final Durability durability;
    final WalFormat.Type type;

    // The write behind this one in the order of sequence ids.
    volatile Write next;
    // Where the record lies in its group; set under the log's lock.
    WriteGroup group;
    int groupOffset;
    int groupLength;

    private long sequence;
    private volatile int state;
    private volatile boolean visible;
    private volatile SkepException failure;
    private volatile Thread waiter;

    /**
     * A write of {@link PackedCells} to a region.
     *
     * @param durability anything but USE_DEFAULT
     */
    protected Write(WalRegion region, Durability durability) {
        this(region, durability, WalFormat.Type.PACKED_CELLS);
    }

    Write(WalRegion region, Durability durability, WalFormat.Type type) {
        if (durability == Durability.USE_DEFAULT) {
            throw new IllegalArgumentException("Durability must be decided");
        }
        this.region = region;
        this.durability = durability;
        this.type = type;
    }

    /** Bytes that {@link #encode} writes. */
    protected abstract int payloadSize();

    /**
     * Called once with the log's lock held, when the sequence id is known and before the next one
     * is given out: so whatever a region does in here is in the order of sequence ids. Must not
     * fail.
     */
    protected abstract void sequenced(long id);

    /** Writes the payload at the buffer's position; called after {@link #sequenced}. */
    protected abstract void encode(ByteBuffer target);

    /** Takes back what was applied to memory: the write failed. Called by the write's thread. */
    protected abstract void rollback();

    /** The sequence id; 0 before it is known. */
    public final long sequence() {
        return sequence;
    }

    final void begin(long id) {
        sequence = id;
    }

    // Answers whether that completed the write.
    private boolean mark(int bit) {
        return ((int) STATE.getAndBitwiseOr(this, bit) | bit) == COMPLETE;
    }

    final boolean applied() {
        return mark(APPLIED);
    }

    final boolean durable() {
        return mark(DURABLE);
    }

    final boolean isDurable() {
        return (state & DURABLE) != 0;
    }

    final boolean isComplete() {
        return state == COMPLETE;
    }

    final void fail(SkepException cause) {
        failure = cause;
        unpark();
    }

    final SkepException failure() {
        return failure;
    }

    final void giveUp() {
        STATE.setVolatile(this, COMPLETE);
    }

    final void becomeVisible() {
        visible = true;
        unpark();
    }

    final boolean isVisible() {
        return visible;
    }

    final void parkUnless(java.util.function.BooleanSupplier reason) {
        waiter = Thread.currentThread();
        // The reason is asked first: it may wait for a lock, and that swallows a wake-up.
        if (!reason.getAsBoolean() && !visible && failure == null) {
            LockSupport.park(this);
        }
        waiter = null;
    }

    final void unpark() {
        Thread thread = waiter;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
