package org.skep.metastore;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * Databases, tables, partitions and statistics, shared by all sessions of a warehouse. Names are
 * compared in lower case.
 *
 * <p>Reads answer from one committed version of an object; partitions and statistics are read from
 * the very version of the {@link Table} that is passed. Writes are compare-and-set: a change names
 * the version it was made from and fails with CONFLICT if another change came first; the caller
 * reads again and decides. A caller sees its own change as soon as the call returns.
 *
 * <p>Every method may throw {@link SkepException}: CATALOGUE_UNAVAILABLE if the store cannot be
 * reached (a commit may or may not have happened then), CORRUPT_FILE if stored bytes are damaged,
 * CONFLICT. Safe for use by many threads. The store starts with the first call.
 */
public interface Catalogue extends AutoCloseable {
    /** Begins to start the store on another thread and returns at once. */
    void start();

    /** The names of all databases, sorted. */
    List<String> databaseNames();

    /** A database by name. */
    Optional<Database> database(String name);

    /**
     * A database by name.
     *
     * @throws SkepException DATABASE_NOT_FOUND
     */
    default Database requireDatabase(String name) {
        return database(name)
                .orElseThrow(
                        () ->
                                new SkepException(
                                        ErrorCode.DATABASE_NOT_FOUND,
                                        "Database not found: " + name));
    }

    /**
     * Creates a database.
     *
     * @throws SkepException DATABASE_EXISTS
     */
    Database createDatabase(Database definition);

    /**
     * Replaces a database by one of the same name, made from the version it carries.
     *
     * @throws SkepException CONFLICT, DATABASE_NOT_FOUND
     */
    Database alterDatabase(Database changed);

    /**
     * Drops an empty database; {@code default} cannot be dropped.
     *
     * @throws SkepException DATABASE_NOT_EMPTY, NOT_SUPPORTED for {@code default}
     */
    default void dropDatabase(Database base) {
        commit(CatalogueChange.builder().drop(base).build());
    }

    /**
     * The names of all tables and views of a database, sorted.
     *
     * @throws SkepException DATABASE_NOT_FOUND
     */
    List<String> tableNames(String database);

    /** The names that a pattern accepts, sorted. */
    default List<String> tableNames(String database, Predicate<String> pattern) {
        return tableNames(database).stream().filter(pattern).toList();
    }

    /**
     * All tables and views of a database whose names a pattern accepts, sorted by name. One that is
     * dropped meanwhile is left out.
     *
     * @throws SkepException DATABASE_NOT_FOUND
     */
    List<Table> tables(String database, Predicate<String> pattern);

    /** A table or view by name; empty also if there is no such database. */
    Optional<Table> table(String database, String name);

    /**
     * A table or view by name.
     *
     * @throws SkepException TABLE_NOT_FOUND
     */
    default Table requireTable(String database, String name) {
        return table(database, name)
                .orElseThrow(
                        () ->
                                new SkepException(
                                        ErrorCode.TABLE_NOT_FOUND,
                                        "Table not found: %s.%s".formatted(database, name)));
    }

    /**
     * Makes a change, all of it or nothing, durably.
     *
     * @return the new version of each table that was created or altered, in the order of the steps
     * @throws SkepException CONFLICT, TABLE_EXISTS, DATABASE_NOT_FOUND, DATABASE_NOT_EMPTY,
     *     PARTITION_EXISTS, PARTITION_NOT_FOUND
     */
    List<Table> commit(CatalogueChange change);

    /** Creates a table or view without partitions. */
    default Table createTable(Table definition) {
        return commit(CatalogueChange.builder().create(definition).build()).get(0);
    }

    /** Replaces a table; also renames it. */
    default Table alterTable(Table base, Table changed) {
        return commit(CatalogueChange.builder().alter(base, changed).build()).get(0);
    }

    /** Edits the partitions of a table. */
    default Table alterPartitions(Table base, PartitionEdits edits) {
        return commit(CatalogueChange.builder().alter(base, base, edits).build()).get(0);
    }

    /** Drops a table or view. */
    default void dropTable(Table base) {
        commit(CatalogueChange.builder().drop(base).build());
    }

    /** A partition by its values. */
    Optional<Partition> partition(Table table, List<String> values);

    /** The values of all partitions, sorted by the partitions' names. Cheaper than partitions. */
    List<List<String>> partitionValues(Table table);

    /** The names of all partitions, sorted, as SHOW PARTITIONS prints them. */
    default List<String> partitionNames(Table table) {
        return partitionValues(table).stream().map(table::partitionName).toList();
    }

    /** The partitions whose values a predicate accepts, sorted by name. */
    List<Partition> partitions(Table table, Predicate<List<String>> values);

    /** All partitions, sorted by name. */
    default List<Partition> partitions(Table table) {
        return partitions(table, values -> true);
    }

    /** The partitions in sum. Kept a while, so that asking again costs nothing. */
    PartitionSummary partitionSummary(Table table);

    /** What is known of the columns of a table as a whole, by column id. */
    Map<Integer, ColumnStatistics> columnStatistics(Table table);

    /** The journals that {@link CatalogueChange#journal} put here and nobody cleared yet. */
    List<PendingJournal> journals();

    /** Forgets a journal; nothing happens if it is not there. */
    void clearJournal(PendingJournal journal);

    /** Lets go of the store; a store in this process is stopped. */
    @Override
    void close();
}
