package org.skep.lsm.region;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.memstore.MemStore;
import org.skep.lsm.memstore.Neighbours;
import org.skep.lsm.schema.Durability;
import org.skep.lsm.wal.PackedCells;
import org.skep.lsm.wal.SequenceClock;
import org.skep.lsm.wal.Write;

/** The cells of one atomic write to a region. Confined to one thread. */
final class RegionWrite extends Write {
    private static final long MORE_THAN_A_RECORD = (1 << 30) + 1;

    private final RegionStorage region;
    private Cell[] cells;
    private short[] families;
    // What the log has of each cell.
    private byte[] parts;
    private int count;
    private long size;
    private long packedSize;
    private int[] places;
    private MemGeneration generation;
    private Throwable failure;

    RegionWrite(RegionStorage region, Durability durability, int expected) {
        super(region.wal(), durability);
        this.region = region;
        cells = new Cell[expected];
        families = new short[expected];
        parts = new byte[expected];
    }

    /** Adds a cell of the family with a number. */
    void add(Cell cell, int family) {
        if (count == cells.length) {
            int larger = Math.max(4, 2 * count);
            cells = Arrays.copyOf(cells, larger);
            families = Arrays.copyOf(families, larger);
            parts = Arrays.copyOf(parts, larger);
        }
        int differing = PackedCells.parts(count == 0 ? null : cells[count - 1], cell);
        parts[count] = (byte) differing;
        packedSize += PackedCells.size(cell, differing);
        cells[count] = cell;
        families[count] = (short) family;
        count++;
        size += cell.length();
    }

    int count() {
        return count;
    }

    Cell cell(int index) {
        return cells[index];
    }

    /** Bytes of all cells. */
    long size() {
        return size;
    }

    @Override
    protected int payloadSize() {
        // More than a record may have is refused, however much it is.
        return (int) Math.min(packedSize, MORE_THAN_A_RECORD);
    }

    @Override
    protected void sequenced(long id) {
        generation = region.enter(id);
    }

    /** The time that stands for {@link Cell#LATEST}; the sequence id must be known. */
    long stamp() {
        return SequenceClock.millis(sequence());
    }

    @Override
    protected void encode(ByteBuffer target) {
        long stamp = stamp();
        for (int i = 0; i < count; i++) {
            PackedCells.write(cells[i], parts[i], stamp, target);
        }
    }

    /**
     * Puts the cells into memory. What fails is kept for {@link #checkApplied}: the write has its
     * place already, so it must be committed, as one that does nothing.
     */
    void applyOrFail() {
        try {
            apply();
        } catch (Throwable e) {
            rollback();
            failure = e;
        }
    }

    /** Fails with what {@link #applyOrFail} failed with. */
    void checkApplied() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void apply() {
        long stamp = stamp();
        places = new int[count];
        Neighbours near = new Neighbours();
        int from = 0;
        while (from < count) {
            if (from > 0 && families[from] != families[from - 1]) {
                near = new Neighbours();
            }
            int to = from + 1;
            while (to < count
                    && families[to] == families[from]
                    && !PackedCells.beginsRow(parts[to])) {
                to++;
            }
            MemStore store = generation.store(families[from]);
            store.add(cells, from, to, stamp, sequence(), near, places);
            from = to;
        }
    }

    @Override
    protected void rollback() {
        int[] added = places;
        if (added == null) {
            return;
        }
        places = null;
        for (int i = 0; i < count; i++) {
            if (added[i] != 0) {
                generation.store(families[i]).kill(added[i]);
            }
        }
    }

    /** Everything about the write is decided. */
    void end() {
        generation.exit();
    }
}
