package org.skep.functions.aggregate;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.GroupStates;
import org.skep.functions.call.ValueOrder;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.Selection;

/**
 * Collects the values of a group that are not NULL, all or each once, in the order in which they
 * came; an empty array for none. Three words: the two of {@link GroupedValues}, and for sets a
 * number of the group's own, by which one hash table serves all groups. Confined to one thread.
 */
final class CollectAccumulator extends OneArgument {
    private final GroupedValues collected;
    private final boolean distinct;
    private long groupsSeen;
    // open addressing: 1 plus the position of a value, and the number of its group
    private int[] slots = new int[64];
    private long[] owners = new long[64];
    private int filled;

    private CollectAccumulator(DataType type, boolean distinct) {
        collected = new GroupedValues(type);
        this.distinct = distinct;
    }

    static CollectAccumulator list(DataType type) {
        return new CollectAccumulator(type, false);
    }

    static CollectAccumulator set(DataType type) {
        return new CollectAccumulator(type, true);
    }

    @Override
    public int width() {
        return 3;
    }

    @Override
    public void init(long[] words, int at) {
        GroupedValues.init(words, at);
        words[at + 2] = 0;
    }

    @Override
    void add(GroupStates states, ValueRows rows, EvalContext context) {
        int[] groups = rows.groups();
        int[] positions = rows.positions();
        for (int k = 0; k < rows.count(); k++) {
            int at = states.at(groups == null ? 0 : groups[k]);
            add(states.words(), at, rows.values(), positions == null ? k : positions[k]);
        }
    }

    private void add(long[] words, int at, ColumnVector source, int row) {
        if (!distinct) {
            collected.add(words, at, source, row);
            return;
        }
        if (words[at + 2] == 0) {
            words[at + 2] = ++groupsSeen;
        }
        int slot = slot(words[at + 2], source, row);
        if (slots[slot] == 0) {
            slots[slot] = 1 + collected.add(words, at, source, row);
            owners[slot] = words[at + 2];
            if (++filled * 2 > slots.length) {
                grow();
            }
        }
    }

    private int slot(long owner, ColumnVector vector, int row) {
        int mask = slots.length - 1;
        int hash = ValueOrder.hash(vector, row) * 31 + Long.hashCode(owner * 0x9E3779B97F4A7C15L);
        int slot = (hash ^ hash >>> 15) & mask;
        while (slots[slot] != 0
                && !(owners[slot] == owner
                        && ValueOrder.equal(collected.values(), slots[slot] - 1, vector, row))) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldSlots = slots;
        long[] oldOwners = owners;
        slots = new int[oldSlots.length * 2];
        owners = new long[slots.length];
        for (int i = 0; i < oldSlots.length; i++) {
            if (oldSlots[i] != 0) {
                int slot = slot(oldOwners[i], collected.values(), oldSlots[i] - 1);
                slots[slot] = oldSlots[i];
                owners[slot] = oldOwners[i];
            }
        }
    }

    @Override
    public void merge(
            GroupStates states,
            int[] groups,
            ColumnVector[] intermediate,
            Selection selection,
            EvalContext context) {
        rows.take(intermediate[0], selection, groups);
        ListVector lists = (ListVector) rows.values();
        for (int k = 0; k < rows.count(); k++) {
            int row = rows.positions() == null ? k : rows.positions()[k];
            int at = states.at(groups == null ? 0 : rows.groups()[k]);
            for (int i = 0; i < lists.lengths()[row]; i++) {
                add(states.words(), at, lists.elements(), lists.starts()[row] + i);
            }
        }
    }

    @Override
    public void writeIntermediate(
            GroupStates states, int firstGroup, int count, ColumnVector[] out) {
        write(states, firstGroup, count, (ListVector) out[0]);
    }

    @Override
    public void finish(
            GroupStates states, int firstGroup, int count, ColumnVector out, EvalContext context) {
        write(states, firstGroup, count, (ListVector) out);
    }

    private void write(GroupStates states, int firstGroup, int count, ListVector out) {
        out.ensureCapacity(count);
        for (int i = 0; i < count; i++) {
            int[] positions = collected.positions(states.words(), states.at(firstGroup + i));
            int at = out.append(i, positions.length);
            if (positions.length > 0) {
                out.elements().copyFrom(collected.values(), positions, 0, positions.length, at);
            }
        }
    }

    @Override
    public long retainedBytes() {
        return collected.retainedBytes() + 12L * slots.length;
    }
}
