package org.skep.engine.statement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.catalog.CatalogueView;
import org.skep.engine.catalog.Locations;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.StatementContext;
import org.skep.metastore.Database;
import org.skep.metastore.Table;
import org.skep.parser.ast.DatabaseStatement;
import org.skep.parser.ast.Property;

/** CREATE, ALTER, DROP DATABASE and USE. Confined to the statement's thread. */
final class DatabaseStatements implements DatabaseStatement.Visitor<StatementResult> {
    private final StatementContext context;
    private final CatalogueView catalogue;

    DatabaseStatements(StatementContext context) {
        this.context = context;
        this.catalogue = context.catalogue();
    }

    @Override
    public StatementResult create(DatabaseStatement.Create node) {
        String name = node.name().last().name();
        if (catalogue.databaseExists(name)) {
            if (node.ifNotExists()) {
                return Results.done(context);
            }
            throw new SkepException(
                    ErrorCode.DATABASE_EXISTS,
                    node.name().location(),
                    "Database %s already exists".formatted(name));
        }
        Database database =
                new Database(
                        name,
                        node.comment(),
                        node.managedLocation().or(node::databaseLocation).map(Locations::normalize),
                        context.session().user(),
                        new TreeMap<>(properties(node.properties())),
                        context.instant(),
                        0);
        String directory = Locations.ofDatabase(context.services().warehouseDirectory(), database);
        context.services().fileSystems().of(directory).createDirectories(directory);
        try {
            catalogue.catalogue().createDatabase(database);
        } catch (SkepException e) {
            if (e.code() != ErrorCode.DATABASE_EXISTS || !node.ifNotExists()) {
                throw e;
            }
        }
        return Results.done(context);
    }

    static Map<String, String> properties(List<Property> list) {
        Map<String, String> map = new HashMap<>();
        list.forEach(property -> map.put(property.key(), property.value()));
        return map;
    }

    @Override
    public StatementResult drop(DatabaseStatement.Drop node) {
        String name = node.name().last().name();
        Optional<Database> found = catalogue.catalogue().database(name);
        if (found.isEmpty()) {
            if (node.ifExists()) {
                return Results.done(context);
            }
            catalogue.requireDatabase(node.name());
        }
        Database database = found.orElseThrow();
        if (name.equals(Database.DEFAULT)) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    node.name().location(),
                    "Cannot drop database: " + name);
        }
        List<Table> tables = catalogue.catalogue().tables(name, table -> true);
        if (!tables.isEmpty() && !node.cascade()) {
            throw new SkepException(
                    ErrorCode.DATABASE_NOT_EMPTY,
                    node.name().location(),
                    "Database %s is not empty. One or more tables exist.".formatted(name));
        }
        String directory = Locations.ofDatabase(context.services().warehouseDirectory(), database);
        context.services()
                .publisher()
                .drop(context.queryId(), tables, Optional.of(database.withLocation(directory)));
        if (context.session().database().equals(name)) {
            context.session().use(Database.DEFAULT);
        }
        return Results.done(context);
    }

    @Override
    public StatementResult setDatabaseProperties(DatabaseStatement.SetDatabaseProperties node) {
        Database database = catalogue.requireDatabase(node.name());
        Map<String, String> merged = new TreeMap<>(database.properties());
        merged.putAll(properties(node.properties()));
        catalogue.catalogue().alterDatabase(database.withProperties(merged));
        return Results.done(context);
    }

    @Override
    public StatementResult setDatabaseOwner(DatabaseStatement.SetDatabaseOwner node) {
        Database database = catalogue.requireDatabase(node.name());
        catalogue.catalogue().alterDatabase(database.withOwner(node.owner().text()));
        return Results.done(context);
    }

    @Override
    public StatementResult setDatabaseLocation(DatabaseStatement.SetDatabaseLocation node) {
        Database database = catalogue.requireDatabase(node.name());
        catalogue
                .catalogue()
                .alterDatabase(database.withLocation(Locations.normalize(node.path())));
        return Results.done(context);
    }

    @Override
    public StatementResult use(DatabaseStatement.Use node) {
        context.session().use(catalogue.requireDatabase(node.name()).name());
        return Results.done(context);
    }
}
