package org.skep.functions.table;

import java.util.ArrayList;
import java.util.List;
import org.skep.functions.api.TableFunction;

/** The declarations of the functions that make rows. */
public final class TableFunctions {
    private TableFunctions() {}

    /** All of them. */
    public static List<TableFunction> all() {
        List<TableFunction> functions = new ArrayList<>();
        return functions;
    }
}
