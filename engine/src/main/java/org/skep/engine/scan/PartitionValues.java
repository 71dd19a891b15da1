package org.skep.engine.scan;

import java.util.ArrayList;
import java.util.List;
import org.skep.functions.api.EvalContext;
import org.skep.metastore.PartitionName;
import org.skep.metastore.Table;
import org.skep.planner.analysis.ConstantFolder;
import org.skep.types.DataType;
import org.skep.types.Datum;

/**
 * Partition values as text in directory names and as values of their type. Confined to one thread.
 */
public final class PartitionValues {
    private final ConstantFolder folder;

    /** Values under a statement's zone and settings. */
    public PartitionValues(EvalContext evaluation) {
        folder = new ConstantFolder(evaluation);
    }

    /**
     * The typed values of a partition. The default partition's value reads as NULL, except in a
     * column of characters, where Hive gives the text itself.
     */
    public List<Datum> typed(Table table, List<String> values) {
        List<Datum> typed = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            DataType type = DataType.parse(table.partitionColumns().get(i).typeName());
            typed.add(typed(type, values.get(i)));
        }
        return typed;
    }

    /** One typed value. */
    public Datum typed(DataType type, String text) {
        if (!type.kind().isCharacter() && text.equals(PartitionName.DEFAULT_VALUE)) {
            return Datum.nullOf(type);
        }
        return folder.cast(Datum.ofString(text), type);
    }

    /** A value cast to another type, as Hive casts. */
    public Datum cast(Datum value, DataType type) {
        return value.type().equals(type) ? value : folder.cast(value, type);
    }

    /** A value as text: empty and NULL are the default partition's. */
    public String text(Datum value) {
        Datum text = value.isNull() ? value : folder.cast(value, DataType.STRING);
        return text.isNull() || ((String) text.value()).isEmpty()
                ? PartitionName.DEFAULT_VALUE
                : (String) text.value();
    }
}
