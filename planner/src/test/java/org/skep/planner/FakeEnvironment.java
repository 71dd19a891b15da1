package org.skep.planner;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.skep.base.concurrent.CancelFlag;
import org.skep.functions.api.EvalContext;
import org.skep.functions.catalogue.BuiltInFunctions;
import org.skep.functions.catalogue.FunctionCatalogue;
import org.skep.metastore.Column;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.metastore.TableStorage;
import org.skep.parser.ast.FunctionStatement;
import org.skep.planner.environment.PlanEnvironment;
import org.skep.planner.environment.TableEstimate;
import org.skep.storage.ColumnStatistics;

/** Tables from memory. Confined to one thread. */
final class FakeEnvironment implements PlanEnvironment {
    private static final FunctionCatalogue FUNCTIONS = BuiltInFunctions.catalogue();

    private final Map<String, Table> tables = new HashMap<>();
    private final Map<String, TableEstimate> estimates = new HashMap<>();
    private final Map<String, List<Partition>> partitions = new HashMap<>();
    private final Map<String, String> settings = new HashMap<>();

    /** Adds a table; columns as {@code name type distinct}. */
    FakeEnvironment table(String name, double rows, String... columns) {
        List<Column> own = new ArrayList<>();
        Map<String, ColumnStatistics> statistics = new HashMap<>();
        for (String column : columns) {
            String[] parts = column.split(" ", -1);
            own.add(Column.of(parts[0], parts[1]));
            if (parts.length > 2) {
                statistics.put(
                        parts[0],
                        new ColumnStatistics(null, null, 0, Double.parseDouble(parts[2]), 8));
            }
        }
        tables.put(name, Table.named("default", name).columns(own).storage(text()).build());
        estimates.put(name, new TableEstimate(rows, statistics));
        return this;
    }

    private static TableStorage text() {
        return new TableStorage(
                "text", "s", new java.util.TreeMap<>(), "i", "o", Optional.of("/t"));
    }

    /** Adds a table with one STRING partition column and a partition a value. */
    FakeEnvironment partitioned(
            String name, String column, String partitionColumn, String... values) {
        String[] parts = column.split(" ", -1);
        tables.put(
                name,
                Table.named("default", name)
                        .columns(List.of(Column.of(parts[0], parts[1])))
                        .partitionColumns(List.of(Column.of(partitionColumn, "string")))
                        .storage(text())
                        .build());
        estimates.put(name, new TableEstimate(1000, Map.of()));
        List<Partition> all = new ArrayList<>();
        for (String value : values) {
            all.add(Partition.at(List.of(value), "/t/" + value, Instant.EPOCH));
        }
        partitions.put(name, all);
        return this;
    }

    @Override
    public Optional<Table> table(String database, String name) {
        return Optional.ofNullable(tables.get(name));
    }

    @Override
    public boolean databaseExists(String name) {
        return name.equals("default");
    }

    @Override
    public List<String> tableNames(String database) {
        return List.copyOf(tables.keySet());
    }

    @Override
    public List<Partition> partitions(Table table, Predicate<List<String>> values) {
        return partitions.get(table.name()).stream().filter(p -> values.test(p.values())).toList();
    }

    @Override
    public TableEstimate estimate(Table table) {
        return estimates.get(table.name());
    }

    @Override
    public FunctionCatalogue functions() {
        return FUNCTIONS;
    }

    @Override
    public String setting(String name) {
        return settings.get(name);
    }

    @Override
    public int parallelism() {
        return 2;
    }

    @Override
    public Optional<FunctionStatement.CreateMacro> macro(String name) {
        return Optional.empty();
    }

    @Override
    public EvalContext evaluation() {
        return new EvalContext() {
            private final CancelFlag flag = new CancelFlag();

            @Override
            public ZoneId zone() {
                return ZoneId.of("UTC");
            }

            @Override
            public Instant queryInstant() {
                return Instant.EPOCH;
            }

            @Override
            public String user() {
                return "hive";
            }

            @Override
            public String database() {
                return "default";
            }

            @Override
            public String setting(String name) {
                return settings.get(name);
            }

            @Override
            public CancelFlag cancelFlag() {
                return flag;
            }

            @Override
            public void damage(Damage kind, long count) {
                // plans count no damage
            }
        };
    }
}
