package org.skep.engine.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.skep.engine.catalog.SqlPattern;
import org.skep.engine.session.SessionState;
import org.skep.functions.catalogue.FunctionCatalogue;
import org.skep.metastore.Catalogue;
import org.skep.metastore.Column;
import org.skep.metastore.Table;
import org.skep.types.DataType;

/**
 * Answers metadata calls. Patterns are those of JDBC: {@code %} and {@code _}, escaped by a
 * backslash; null accepts all. Safe for use by many threads.
 */
public final class CatalogueMetadata {
    private final Catalogue catalogue;
    private final FunctionCatalogue functions;

    /** Metadata of a catalogue. */
    public CatalogueMetadata(Catalogue catalogue, FunctionCatalogue functions) {
        this.catalogue = catalogue;
        this.functions = functions;
    }

    /** Names of databases, sorted. */
    public List<String> databases(String pattern) {
        return catalogue.databaseNames().stream()
                .filter(name -> !name.startsWith(SessionState.HIDDEN_PREFIX))
                .filter(SqlPattern.of(pattern))
                .toList();
    }

    /** Tables and views, by database and name; {@code types} null or empty for all. */
    public List<TableInfo> tables(String databasePattern, String pattern, Set<String> types) {
        List<TableInfo> found = new ArrayList<>();
        for (Table table : matching(databasePattern, pattern)) {
            String type = SqlPattern.tableType(table);
            if (types == null || types.isEmpty() || types.contains(type)) {
                found.add(
                        new TableInfo(
                                table.database(), table.name(), type, table.comment().orElse("")));
            }
        }
        return found;
    }

    /** Columns of tables and views, by database, table and position. */
    public List<ColumnInfo> columns(
            String databasePattern, String tablePattern, String columnPattern) {
        Predicate<String> accepted = SqlPattern.of(columnPattern);
        List<ColumnInfo> found = new ArrayList<>();
        for (Table table : matching(databasePattern, tablePattern)) {
            int position = 0;
            for (Column column : table.allColumns()) {
                position++;
                if (accepted.test(column.name())) {
                    found.add(
                            new ColumnInfo(
                                    table.database(),
                                    table.name(),
                                    column.name(),
                                    DataType.parse(column.typeName()),
                                    position,
                                    column.comment().orElse("")));
                }
            }
        }
        return found;
    }

    /** Functions by name. */
    public List<FunctionInfo> functions(String pattern) {
        return functions.names().stream()
                .filter(SqlPattern.of(pattern))
                .map(name -> new FunctionInfo(name, describe(name)))
                .toList();
    }

    private String describe(String name) {
        return functions.scalar(name).map(function -> function.description()).orElse("");
    }

    private List<Table> matching(String databasePattern, String tablePattern) {
        List<Table> found = new ArrayList<>();
        for (String database : databases(databasePattern)) {
            found.addAll(catalogue.tables(database, SqlPattern.of(tablePattern)));
        }
        return found;
    }
}
