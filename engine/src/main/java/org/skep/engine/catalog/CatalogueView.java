package org.skep.engine.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.metastore.Catalogue;
import org.skep.metastore.Database;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.parser.ast.QualifiedName;

/**
 * The catalogue as one statement sees it: each table is read once, so that all parts of the
 * statement see the same version. Confined to one thread.
 */
public final class CatalogueView {
    private final Catalogue catalogue;
    private final String currentDatabase;
    private final Function<TableName, Optional<TableName>> temporary;
    private final Map<String, Optional<Table>> tables = new HashMap<>();

    /**
     * A view for a statement that begins now.
     *
     * @param temporary the name in the catalogue of a temporary table, which hides one of its name
     */
    public CatalogueView(
            Catalogue catalogue,
            String currentDatabase,
            Function<TableName, Optional<TableName>> temporary) {
        this.catalogue = catalogue;
        this.currentDatabase = currentDatabase;
        this.temporary = temporary;
    }

    /** The catalogue itself. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /** The database of names that do not say one. */
    public String currentDatabase() {
        return currentDatabase;
    }

    /** A table or view by name. */
    public Optional<Table> table(String database, String name) {
        TableName real =
                temporary
                        .apply(new TableName(database, name))
                        .orElseGet(() -> new TableName(database, name));
        return tables.computeIfAbsent(
                database + "\0" + name, key -> catalogue.table(real.database(), real.table()));
    }

    /** Whether there is such a database. */
    public boolean databaseExists(String name) {
        return catalogue.database(name).isPresent();
    }

    /** The names of the tables of a database; none if there is no such database. */
    public List<String> tableNames(String database) {
        return databaseExists(database) ? catalogue.tableNames(database) : List.of();
    }

    /** The partitions whose values a predicate accepts, sorted by name. */
    public List<Partition> partitions(Table table, Predicate<List<String>> values) {
        return table.partitionCount() == 0 ? List.of() : catalogue.partitions(table, values);
    }

    /** Database and table of a name; a name of three parts begins with Hive's only catalogue. */
    public TableName resolve(QualifiedName name) {
        int parts = name.parts().size();
        if (parts > 3 || (parts == 3 && !name.parts().get(0).name().equals("hive"))) {
            throw new SkepException(
                    ErrorCode.INVALID_TABLE_NAME,
                    name.location(),
                    "Table name must be database.table: " + name);
        }
        String database = parts == 1 ? currentDatabase : name.parts().get(parts - 2).name();
        return new TableName(database, name.last().name());
    }

    /** A table or view by the name in a statement. */
    public Optional<Table> find(QualifiedName name) {
        TableName resolved = resolve(name);
        return table(resolved.database(), resolved.table());
    }

    /**
     * A table or view by the name in a statement.
     *
     * @throws SkepException TABLE_NOT_FOUND at its place
     */
    public Table require(QualifiedName name) {
        return find(name)
                .orElseThrow(
                        () ->
                                new SkepException(
                                        ErrorCode.TABLE_NOT_FOUND,
                                        name.location(),
                                        "Table not found: " + name));
    }

    /**
     * A table that is no view.
     *
     * @throws SkepException TABLE_NOT_FOUND, VIEW_NOT_WRITABLE
     */
    public Table requireStored(QualifiedName name) {
        Table table = require(name);
        if (table.isView()) {
            throw new SkepException(
                    ErrorCode.VIEW_NOT_WRITABLE,
                    name.location(),
                    "Table must not be a view: " + name);
        }
        return table;
    }

    /**
     * A database by the name in a statement.
     *
     * @throws SkepException DATABASE_NOT_FOUND at its place
     */
    public Database requireDatabase(QualifiedName name) {
        return catalogue
                .database(name.last().name())
                .orElseThrow(
                        () ->
                                new SkepException(
                                        ErrorCode.DATABASE_NOT_FOUND,
                                        name.location(),
                                        "Database not found: " + name.last().name()));
    }
}
