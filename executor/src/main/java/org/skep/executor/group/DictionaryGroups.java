package org.skep.executor.group;

import java.util.Arrays;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/**
 * A short way to the groups of keys that are all dictionaries of few values: the combination of the
 * keys' indexes leads to the group through an array. Confined to one thread.
 */
public final class DictionaryGroups {
    private static final int MOST_COMBINATIONS = 65_536;

    private final GroupTable table;
    private ColumnVector[] dictionaries = new ColumnVector[0];
    private int[] groupOf = new int[0];
    private int[] combined = new int[0];
    private int[] missing = new int[0];
    private int[] missingAt = new int[0];
    private int[] missingGroups = new int[0];

    /** A short way into {@code table}. */
    public DictionaryGroups(GroupTable table) {
        this.table = table;
    }

    /** Assigns groups as the table would. */
    public void assign(ColumnVector[] keys, Selection selection, int[] groups) {
        int combinations = combinations(keys);
        if (combinations == 0) {
            table.assign(keys, selection, groups);
            return;
        }
        if (!sameDictionaries(keys)) {
            dictionaries = new ColumnVector[keys.length];
            for (int i = 0; i < keys.length; i++) {
                dictionaries[i] = values(keys[i]);
            }
            groupOf = new int[combinations];
            Arrays.fill(groupOf, -1);
        }
        combine(keys, selection);
        lookUp(keys, selection, groups);
    }

    private void lookUp(ColumnVector[] keys, Selection selection, int[] groups) {
        int count = selection.count();
        int missingCount = 0;
        for (int k = 0; k < count; k++) {
            int group = groupOf[combined[k]];
            groups[k] = group;
            if (group < 0) {
                missing[missingCount] = selection.position(k);
                missingAt[missingCount++] = k;
            }
        }
        if (missingCount > 0) {
            table.assign(keys, Selection.of(missing, missingCount), missingGroups);
            for (int i = 0; i < missingCount; i++) {
                int k = missingAt[i];
                groups[k] = missingGroups[i];
                groupOf[combined[k]] = missingGroups[i];
            }
        }
    }

    private static ColumnVector values(ColumnVector key) {
        return key instanceof DictionaryVector dictionary ? dictionary.values() : key;
    }

    /** How many combinations of indexes there are, or 0 if this way does not do. */
    private static int combinations(ColumnVector[] keys) {
        long combinations = 1;
        boolean dictionary = false;
        for (ColumnVector key : keys) {
            if (key instanceof DictionaryVector values) {
                combinations *= values.valueCount() + 1L;
                dictionary = true;
                if (combinations > MOST_COMBINATIONS) {
                    return 0;
                }
            } else if (!(key instanceof ConstantVector)) {
                return 0;
            }
        }
        return dictionary ? (int) combinations : 0;
    }

    private boolean sameDictionaries(ColumnVector[] keys) {
        if (dictionaries.length != keys.length) {
            return false;
        }
        int combinations = 1;
        for (int i = 0; i < keys.length; i++) {
            if (values(keys[i]) != dictionaries[i]) {
                return false;
            }
            if (keys[i] instanceof DictionaryVector dictionary) {
                combinations *= dictionary.valueCount() + 1;
            }
        }
        return combinations == groupOf.length;
    }

    private void combine(ColumnVector[] keys, Selection selection) {
        int count = selection.count();
        if (combined.length < count) {
            combined = new int[count];
            missing = new int[count];
            missingAt = new int[count];
            missingGroups = new int[count];
        }
        int[] positions = selection.positions();
        boolean first = true;
        for (ColumnVector key : keys) {
            if (!(key instanceof DictionaryVector dictionary)) {
                continue;
            }
            int[] ids = dictionary.ids();
            int factor = dictionary.valueCount() + 1;
            if (first) {
                for (int k = 0; k < count; k++) {
                    combined[k] = ids[positions == null ? k : positions[k]] + 1;
                }
            } else {
                for (int k = 0; k < count; k++) {
                    combined[k] =
                            combined[k] * factor + ids[positions == null ? k : positions[k]] + 1;
                }
            }
            first = false;
        }
    }
}
