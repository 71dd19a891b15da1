package org.skep.lsm.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.lsm.operation.Append;
import org.skep.lsm.operation.CheckAndMutate;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Increment;
import org.skep.lsm.operation.Mutation;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.RowMutations;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.region.Region;
import org.skep.lsm.region.RegionClosedException;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.host.HostedRegion;
import org.skep.lsm.store.host.Hosting;

/**
 * A table to read and write. Each call goes to the regions that hold its rows; while one of them is
 * split, merged or altered it waits. A handle stays good whatever happens to the table, and costs
 * nothing. Safe for use by many threads.
 *
 * <p>All calls fail with a {@link SkepException}: TABLE_NOT_FOUND, RUNTIME_ERROR if the table is
 * disabled, INVALID_OPTION if a family does not exist, a cell is too large or a put, append or
 * increment has no cell, MEMORY_LIMIT if memory is full (the write may be there after a restart),
 * IO_ERROR or DISK_FULL if the log cannot be written, IO_ERROR if the region stays closed because a
 * change of the table cannot go on, CORRUPT_FILE naming file and offset.
 */
public final class Table {
    private final Hosting hosting;
    private final TableName name;

    Table(Hosting hosting, TableName name) {
        this.hosting = hosting;
        this.name = name;
    }

    /** The table's name. */
    public TableName name() {
        return name;
    }

    private <T> T in(byte[] row, Function<Region, T> work) {
        while (true) {
            HostedRegion region = hosting.find(name, row);
            try {
                return work.apply(region.region());
            } catch (RegionClosedException e) {
                Thread.onSpinWait();
            }
        }
    }

    /** Reads a row; the result is empty if there is nothing. */
    public Result get(Get get) {
        return in(get.row(), region -> region.get(get));
    }

    /** Reads rows one by one, in the order of the list. */
    public List<Result> get(List<Get> gets) {
        List<Result> results = new ArrayList<>(gets.size());
        for (Get get : gets) {
            results.add(get(get));
        }
        return results;
    }

    /** Whether a get would find anything. */
    public boolean exists(Get get) {
        return !get(new Get(get).existenceOnly()).isEmpty();
    }

    /** Gives columns of a row values. */
    public void put(Put put) {
        mutate(put);
    }

    /** Hides cells of a row. */
    public void delete(Delete delete) {
        mutate(delete);
    }

    private void mutate(Mutation<?> mutation) {
        in(
                mutation.row(),
                region -> {
                    region.put(mutation);
                    return null;
                });
    }

    /** Appends to values of a row; gives the new cells. */
    public Result append(Append append) {
        return in(append.row(), region -> region.append(append));
    }

    /**
     * Adds to numbers of a row; gives the new cells.
     *
     * @throws SkepException also RUNTIME_ERROR if a value is there that has not eight bytes;
     *     nothing is changed then
     */
    public Result increment(Increment increment) {
        return in(increment.row(), region -> region.increment(increment));
    }

    /** Does mutations of one row together, all or none; none at all is no error. */
    public void mutateRow(RowMutations mutations) {
        in(
                mutations.row(),
                region -> {
                    region.mutateRow(mutations);
                    return null;
                });
    }

    /** Changes a row if a condition holds, in one step; whether it did. */
    public boolean checkAndMutate(CheckAndMutate change) {
        return in(change.row(), region -> region.checkAndMutate(change));
    }

    /**
     * Does many mutations, each atomic for itself, region by region. Fails for none of them: see
     * the outcomes.
     *
     * @return for each mutation, in the order of the list, whether it was done, or why not
     */
    public List<Outcome> batch(List<? extends Mutation<?>> mutations) {
        Outcome[] outcomes = new Outcome[mutations.size()];
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < outcomes.length; i++) {
            left.add(i);
        }
        while (!left.isEmpty()) {
            List<Integer> again = new ArrayList<>();
            byRegion(mutations, left, outcomes)
                    .forEach(
                            (region, group) ->
                                    again.addAll(
                                            batch(region.region(), mutations, group, outcomes)));
            left = again;
        }
        return Arrays.asList(outcomes);
    }

    /**
     * Does puts and deletes like {@link #batch}.
     *
     * @throws SkepException the first failure, when all others were done
     */
    public void mutate(List<? extends Mutation<?>> mutations) {
        for (Outcome outcome : batch(mutations)) {
            outcome.check();
        }
    }

    private IdentityHashMap<HostedRegion, List<Integer>> byRegion(
            List<? extends Mutation<?>> mutations, List<Integer> which, Outcome[] outcomes) {
        IdentityHashMap<HostedRegion, List<Integer>> groups = new IdentityHashMap<>();
        HostedRegion last = null;
        List<Integer> group = null;
        for (int index : which) {
            byte[] row = mutations.get(index).row();
            try {
                if (last == null || !last.info().contains(row)) {
                    last = hosting.find(name, row);
                    group = groups.computeIfAbsent(last, any -> new ArrayList<>());
                }
                group.add(index);
            } catch (SkepException e) {
                outcomes[index] = Outcome.failed(e);
            }
        }
        return groups;
    }

    // Answers what has to be tried again elsewhere.
    private List<Integer> batch(
            Region region,
            List<? extends Mutation<?>> mutations,
            List<Integer> group,
            Outcome[] outcomes) {
        List<Mutation<?>> plain = new ArrayList<>(group.size());
        List<Integer> plainIndexes = new ArrayList<>(group.size());
        for (int index : group) {
            Mutation<?> mutation = mutations.get(index);
            if (mutation instanceof Append || mutation instanceof Increment) {
                outcomes[index] = alone(mutation);
            } else {
                plain.add(mutation);
                plainIndexes.add(index);
            }
        }
        if (plain.isEmpty()) {
            return List.of();
        }
        try {
            region.batch(plain);
            plainIndexes.forEach(index -> outcomes[index] = Outcome.DONE);
            return List.of();
        } catch (RegionClosedException e) {
            Thread.onSpinWait();
            return plainIndexes;
        } catch (SkepException e) {
            for (int index : plainIndexes) {
                // One that cannot be done does not keep the others from being done.
                outcomes[index] =
                        e.code() == ErrorCode.INVALID_OPTION
                                ? alone(mutations.get(index))
                                : Outcome.failed(e);
            }
            return List.of();
        }
    }

    private Outcome alone(Mutation<?> mutation) {
        try {
            if (mutation instanceof Append append) {
                return new Outcome(append(append), null);
            }
            if (mutation instanceof Increment increment) {
                return new Outcome(increment(increment), null);
            }
            mutate(mutation);
            return Outcome.DONE;
        } catch (SkepException e) {
            return Outcome.failed(e);
        }
    }

    /**
     * Begins a scan; all regions are seen as they are now. Nothing is read, and so nothing fails,
     * before the first row or cell is asked for.
     */
    public TableScanner scan(Scan scan) {
        return new TableScanner(hosting, name, scan);
    }
}
