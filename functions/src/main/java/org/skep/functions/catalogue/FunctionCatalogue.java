package org.skep.functions.catalogue;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.skep.functions.api.AggregateFunction;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.api.TableFunction;
import org.skep.functions.api.WindowFunction;

/** The functions that statements can call, by name in any case. Immutable. */
public final class FunctionCatalogue {
    private final Map<String, ScalarFunction> scalars;
    private final Map<String, AggregateFunction> aggregates;
    private final Map<String, TableFunction> tables;
    private final Map<String, WindowFunction> windows;

    /** A catalogue of the given functions under their names and aliases. */
    public FunctionCatalogue(
            Collection<ScalarFunction> scalarFunctions,
            Collection<AggregateFunction> aggregateFunctions,
            Collection<TableFunction> tableFunctions,
            Collection<WindowFunction> windowFunctions) {
        scalars = new HashMap<>();
        for (ScalarFunction function : scalarFunctions) {
            add(scalars, function.name(), function);
            function.aliases().forEach(alias -> add(scalars, alias, function));
        }
        aggregates = new HashMap<>();
        for (AggregateFunction function : aggregateFunctions) {
            add(aggregates, function.name(), function);
            function.aliases().forEach(alias -> add(aggregates, alias, function));
        }
        tables = new HashMap<>();
        tableFunctions.forEach(function -> add(tables, function.name(), function));
        windows = new HashMap<>();
        windowFunctions.forEach(function -> add(windows, function.name(), function));
    }

    private static <T> void add(Map<String, T> map, String name, T function) {
        if (map.put(name, function) != null) {
            throw new IllegalStateException("Function is declared twice: " + name);
        }
    }

    /** The scalar function of that name. */
    public Optional<ScalarFunction> scalar(String name) {
        return Optional.ofNullable(scalars.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The aggregate function of that name. */
    public Optional<AggregateFunction> aggregate(String name) {
        return Optional.ofNullable(aggregates.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The table function of that name. */
    public Optional<TableFunction> table(String name) {
        return Optional.ofNullable(tables.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The function of that name that has a meaning only over a window. */
    public Optional<WindowFunction> window(String name) {
        return Optional.ofNullable(windows.get(name.toLowerCase(Locale.ROOT)));
    }

    /** All names, sorted. */
    public Collection<String> names() {
        TreeSet<String> names = new TreeSet<>(scalars.keySet());
        names.addAll(aggregates.keySet());
        names.addAll(tables.keySet());
        names.addAll(windows.keySet());
        return names;
    }
}
