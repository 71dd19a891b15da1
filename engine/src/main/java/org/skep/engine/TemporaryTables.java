package org.skep.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.skep.engine.session.EngineServices;
import org.skep.engine.session.SessionState;
import org.skep.metastore.Catalogue;
import org.skep.metastore.Database;
import org.skep.metastore.Table;

/** Drops the databases that hold temporary tables. Stateless. */
final class TemporaryTables {
    private TemporaryTables() {}

    static void drop(EngineServices services, Predicate<String> databases) {
        Catalogue catalogue = services.catalogue();
        for (String name : catalogue.databaseNames()) {
            if (!name.startsWith(SessionState.HIDDEN_PREFIX) || !databases.test(name)) {
                continue;
            }
            Optional<Database> database = catalogue.database(name);
            List<Table> tables = catalogue.tables(name, table -> true);
            if (database.isPresent()) {
                services.publisher().drop("temporary-tables", tables, database);
            }
        }
    }
}
