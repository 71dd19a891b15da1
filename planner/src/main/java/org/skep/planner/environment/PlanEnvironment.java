package org.skep.planner.environment;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.skep.functions.api.EvalContext;
import org.skep.functions.catalogue.FunctionCatalogue;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.parser.ast.FunctionStatement;

/**
 * What planning asks of the world around it; the engine answers. All answers of one environment are
 * of one moment. Confined to the thread that plans.
 */
public interface PlanEnvironment {
    /** A table or view. */
    Optional<Table> table(String database, String name);

    /** Whether there is such a database. */
    boolean databaseExists(String name);

    /** Names of the tables of a database, for "did you mean". */
    List<String> tableNames(String database);

    /**
     * The partitions whose values (as text, in the order of the partition columns) the predicate
     * accepts.
     */
    List<Partition> partitions(Table table, Predicate<List<String>> values);

    /** What may be assumed of a table's content. */
    TableEstimate estimate(Table table);

    /** The functions that may be called. */
    FunctionCatalogue functions();

    /** A macro of the session, which goes before a function of the same name. */
    Optional<FunctionStatement.CreateMacro> macro(String name);

    /** What constants are folded with: zone, instant, user, settings. */
    EvalContext evaluation();

    /** A setting's value, its default if the session did not set it, or null if nobody knows it. */
    String setting(String name);

    /** How many tasks may run side by side. */
    int parallelism();

    /** Whether a setting is on. */
    default boolean isOn(String name, boolean ifUnset) {
        String value = setting(name);
        return (value == null || value.isBlank()) ? ifUnset : Boolean.parseBoolean(value.trim());
    }
}
