package org.skep.engine.describe;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.skep.engine.catalog.Locations;
import org.skep.metastore.Bucketing;
import org.skep.metastore.Column;
import org.skep.metastore.Table;
import org.skep.metastore.TableKind;
import org.skep.metastore.TableStorage;
import org.skep.parser.SqlPrinter;

/** The lines of SHOW CREATE TABLE; blanks at the ends of lines are Hive's. Stateless. */
public final class CreateTableText {
    private CreateTableText() {}

    /**
     * The statement that would make a table or view.
     *
     * @param currentDatabase tables elsewhere are named with their database
     */
    public static List<String> lines(Table table, String currentDatabase) {
        String name = quoted(table.name());
        if (!table.database().equals(currentDatabase)) {
            name = quoted(table.database()) + "." + name;
        }
        return table.isView() ? view(table, name) : table(table, name);
    }

    private static List<String> view(Table table, String name) {
        String query = table.view().orElseThrow().expandedText();
        String partitions =
                table.partitionColumns().stream()
                        .map(column -> quoted(column.name()))
                        .collect(Collectors.joining(", "));
        String clause = partitions.isEmpty() ? "" : " PARTITIONED ON (%s)".formatted(partitions);
        return List.of("CREATE VIEW %s%s AS %s".formatted(name, clause, query).split("\n", -1));
    }

    private static List<String> table(Table table, String name) {
        List<String> lines = new ArrayList<>();
        boolean external = table.kind() == TableKind.EXTERNAL;
        lines.add("CREATE %sTABLE %s(".formatted(external ? "EXTERNAL " : "", name));
        columns(table.columns(), lines);
        table.comment().ifPresent(comment -> lines.add("COMMENT " + SqlPrinter.quote(comment)));
        if (table.partitioned()) {
            lines.add("PARTITIONED BY ( ");
            columns(table.partitionColumns(), lines);
        }
        table.bucketing().ifPresent(bucketing -> bucketing(bucketing, lines));
        storage(table.storage(), lines);
        lines.add("LOCATION");
        lines.add(
                "  " + SqlPrinter.quote(Locations.display(table.storage().location().orElse(""))));
        lines.add("TBLPROPERTIES (");
        entries(table.properties(), lines, ")");
        return lines;
    }

    private static void columns(List<Column> columns, List<String> lines) {
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            String comment =
                    column.comment().map(text -> " COMMENT " + SqlPrinter.quote(text)).orElse("");
            String end = i + 1 < columns.size() ? ", " : ")";
            lines.add(
                    "  %s %s%s%s"
                            .formatted(quoted(column.name()), column.typeName(), comment, end));
        }
    }

    private static void bucketing(Bucketing bucketing, List<String> lines) {
        // The spaces at the ends are as Hive has them.
        lines.add("CLUSTERED BY (");
        List<String> columns = bucketing.columns();
        for (int i = 0; i < columns.size(); i++) {
            lines.add("  " + quoted(columns.get(i)) + (i + 1 < columns.size() ? "," : ")"));
        }
        List<Bucketing.SortColumn> sorted = bucketing.sortColumns();
        if (!sorted.isEmpty()) {
            lines.add("SORTED BY ( ");
            for (int i = 0; i < sorted.size(); i++) {
                lines.add(
                        "  %s %s%s"
                                .formatted(
                                        quoted(sorted.get(i).name()),
                                        sorted.get(i).ascending() ? "ASC" : "DESC",
                                        i + 1 < sorted.size() ? ", " : ") "));
            }
        }
        lines.add("INTO %d BUCKETS".formatted(bucketing.count()));
    }

    private static void storage(TableStorage storage, List<String> lines) {
        lines.add("ROW FORMAT SERDE ");
        lines.add("  '%s' ".formatted(storage.serdeClass()));
        Map<String, String> properties = new TreeMap<>(storage.serdeProperties());
        if ("1".equals(properties.get("serialization.format"))) {
            properties.remove("serialization.format");
        }
        if (!properties.isEmpty()) {
            lines.add("WITH SERDEPROPERTIES ( ");
            entries(properties, lines, ") ");
        }
        lines.add("STORED AS INPUTFORMAT ");
        lines.add("  '%s' ".formatted(storage.inputFormat()));
        lines.add("OUTPUTFORMAT ");
        lines.add("  '%s'".formatted(storage.outputFormat()));
    }

    private static void entries(Map<String, String> map, List<String> lines, String end) {
        Iterator<Map.Entry<String, String>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, String> entry = entries.next();
            lines.add(
                    "  %s=%s%s"
                            .formatted(
                                    SqlPrinter.quote(entry.getKey()),
                                    SqlPrinter.quote(entry.getValue()),
                                    entries.hasNext() ? ", " : end));
        }
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
