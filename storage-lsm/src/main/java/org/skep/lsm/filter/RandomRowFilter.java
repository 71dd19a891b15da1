package org.skep.lsm.filter;

import java.util.Random;
import org.skep.lsm.cell.CellView;

/** Keeps rows by chance. */
public final class RandomRowFilter extends Filter {
    private final double chance;
    private final Random random;
    private boolean rejected;

    /** Keeps a row with this chance, from 0 to 1. */
    public RandomRowFilter(double chance) {
        this(chance, new Random());
    }

    /** Keeps a row with this chance, from 0 to 1. */
    public RandomRowFilter(double chance, Random random) {
        this.chance = chance;
        this.random = random;
    }

    @Override
    public RandomRowFilter fresh() {
        return new RandomRowFilter(chance, random);
    }

    @Override
    public void reset() {
        rejected = false;
    }

    @Override
    public boolean rejectsRowKey(CellView first) {
        rejected = random.nextDouble() >= chance;
        return rejected;
    }

    @Override
    public Verdict decide(CellView cell) {
        return rejected ? Verdict.NEXT_ROW : Verdict.INCLUDE;
    }

    @Override
    public boolean judgesRow() {
        return true;
    }

    @Override
    public boolean rejectsRow() {
        return rejected;
    }
}
