package org.skep.functions.catalogue;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
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
    private final Set<String> blocked;

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
        blocked = Set.of();
    }

    private FunctionCatalogue(FunctionCatalogue all, Set<String> blocked) {
        scalars = all.scalars;
        aggregates = all.aggregates;
        tables = all.tables;
        windows = all.windows;
        this.blocked = Set.copyOf(blocked);
    }

    /**
     * The same without some functions, by any of their names in lower case: whoever looks for one
     * of them gets SEMANTIC_ERROR.
     */
    public FunctionCatalogue without(Set<String> names) {
        return new FunctionCatalogue(this, names);
    }

    private static <T> void add(Map<String, T> map, String name, T function) {
        if (map.put(name, function) != null) {
            throw new IllegalStateException("Function is declared twice: " + name);
        }
    }

    private <T> Optional<T> find(Map<String, T> map, String name, Function<T, String> mainName) {
        String key = name.toLowerCase(Locale.ROOT);
        T function = map.get(key);
        if (function != null
                && (blocked.contains(key) || blocked.contains(mainName.apply(function)))) {
            throw new SkepException(ErrorCode.SEMANTIC_ERROR, "Function is not allowed: " + key);
        }
        return Optional.ofNullable(function);
    }

    /** The scalar function of that name. */
    public Optional<ScalarFunction> scalar(String name) {
        return find(scalars, name, ScalarFunction::name);
    }

    /** The aggregate function of that name. */
    public Optional<AggregateFunction> aggregate(String name) {
        return find(aggregates, name, AggregateFunction::name);
    }

    /** The table function of that name. */
    public Optional<TableFunction> table(String name) {
        return find(tables, name, TableFunction::name);
    }

    /** The function of that name that has a meaning only over a window. */
    public Optional<WindowFunction> window(String name) {
        return find(windows, name, WindowFunction::name);
    }

    /** All names, sorted. */
    public Collection<String> names() {
        TreeSet<String> names = new TreeSet<>(scalars.keySet());
        names.addAll(aggregates.keySet());
        names.addAll(tables.keySet());
        names.addAll(windows.keySet());
        names.removeAll(blocked);
        return names;
    }
}
