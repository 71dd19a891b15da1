package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.skep.parser.ast.CommonTable;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.GroupBy;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.LateralView;
import org.skep.parser.ast.NamedWindow;
import org.skep.parser.ast.Property;
import org.skep.parser.ast.Query;
import org.skep.parser.ast.QueryBody;
import org.skep.parser.ast.Relation;
import org.skep.parser.ast.RowFormat;
import org.skep.parser.ast.SelectItem;
import org.skep.parser.ast.TableSample;
import org.skep.parser.ast.Transform;
import org.skep.parser.ast.TransformColumn;
import org.skep.parser.ast.With;

/** Writes queries and what stands in FROM. Stateless. */
final class QueryPrinter implements QueryBody.Visitor<String>, Relation.Visitor<String> {
    private final ExpressionPrinter expressions = new ExpressionPrinter();

    String query(Query query) {
        StringBuilder text = new StringBuilder();
        query.with().ifPresent(with -> text.append(with(with)).append(' '));
        text.append(query.body().accept(this));
        if (!query.orderBy().isEmpty()) {
            text.append(" order by ").append(expressions.sortItems(query.orderBy()));
        }
        if (!query.clusterBy().isEmpty()) {
            text.append(" cluster by ").append(expressions.list(query.clusterBy()));
        }
        if (!query.distributeBy().isEmpty()) {
            text.append(" distribute by ").append(expressions.list(query.distributeBy()));
        }
        if (!query.sortBy().isEmpty()) {
            text.append(" sort by ").append(expressions.sortItems(query.sortBy()));
        }
        query.limit()
                .ifPresent(
                        limit ->
                                text.append(" limit ")
                                        .append(limit.offset() == 0 ? "" : limit.offset() + ", ")
                                        .append(limit.count()));
        return text.toString();
    }

    private String with(With with) {
        return with.tables().stream()
                .map(this::commonTable)
                .collect(Collectors.joining(", ", "with ", ""));
    }

    private String commonTable(CommonTable table) {
        return SqlPrinter.print(table.name())
                + columns(table.columns())
                + " as ("
                + query(table.query())
                + ")";
    }

    private static String columns(List<Identifier> columns) {
        return columns.isEmpty() ? "" : " (" + SqlPrinter.names(columns) + ")";
    }

    // ------------------------------------------------------------ bodies

    @Override
    public String select(QueryBody.Select node) {
        StringBuilder text = new StringBuilder("select ");
        node.hints().forEach(hint -> text.append("/*+ ").append(hint).append(" */ "));
        text.append(node.distinct() ? "distinct " : "");
        text.append(
                node.transform()
                        .map(this::transform)
                        .orElseGet(
                                () ->
                                        node.items().stream()
                                                .map(this::item)
                                                .collect(Collectors.joining(", "))));
        node.from().ifPresent(from -> text.append(" from ").append(from.accept(this)));
        node.lateralViews().forEach(view -> text.append(lateralView(view)));
        node.where().ifPresent(where -> text.append(" where ").append(expressions.print(where)));
        node.groupBy().ifPresent(groupBy -> text.append(" group by ").append(groupBy(groupBy)));
        node.having()
                .ifPresent(having -> text.append(" having ").append(expressions.print(having)));
        if (!node.windows().isEmpty()) {
            text.append(
                    node.windows().stream()
                            .map(this::window)
                            .collect(Collectors.joining(", ", " window ", "")));
        }
        node.qualify()
                .ifPresent(qualify -> text.append(" qualify ").append(expressions.print(qualify)));
        return text.toString();
    }

    private String item(SelectItem item) {
        String expression = expressions.print(item.expression());
        return switch (item.aliases().size()) {
            case 0 -> expression;
            case 1 -> expression + " as " + SqlPrinter.print(item.aliases().get(0));
            default -> expression + " as (" + SqlPrinter.names(item.aliases()) + ")";
        };
    }

    private String window(NamedWindow window) {
        return SqlPrinter.print(window.name()) + " as " + expressions.window(window.window());
    }

    private String groupBy(GroupBy groupBy) {
        String keys = expressions.list(groupBy.expressions());
        return switch (groupBy.kind()) {
            case PLAIN -> keys.isEmpty() ? "()" : keys;
            case ROLLUP -> "rollup(" + keys + ")";
            case CUBE -> "cube(" + keys + ")";
            case SETS ->
                    keys
                            + groupBy.sets().stream()
                                    .map(set -> "(" + expressions.list(set) + ")")
                                    .collect(Collectors.joining(", ", " grouping sets (", ")"));
        };
    }

    private String transform(Transform transform) {
        StringBuilder text = new StringBuilder("transform (");
        text.append(expressions.list(transform.inputs())).append(')');
        transform.inputFormat().ifPresent(format -> text.append(' ').append(rowFormat(format)));
        transform
                .writer()
                .ifPresent(
                        writer ->
                                text.append(" recordwriter ").append(StringEscapes.quote(writer)));
        text.append(" using ").append(StringEscapes.quote(transform.script()));
        if (!transform.columns().isEmpty()) {
            text.append(
                    transform.columns().stream()
                            .map(QueryPrinter::transformColumn)
                            .collect(Collectors.joining(", ", " as (", ")")));
        }
        transform.outputFormat().ifPresent(format -> text.append(' ').append(rowFormat(format)));
        transform
                .reader()
                .ifPresent(
                        reader ->
                                text.append(" recordreader ").append(StringEscapes.quote(reader)));
        return text.toString();
    }

    private static String transformColumn(TransformColumn column) {
        String type = column.type().map(t -> " " + SqlPrinter.print(t)).orElse("");
        return SqlPrinter.print(column.name()) + type;
    }

    private static String rowFormat(RowFormat format) {
        return format.accept(new RowFormatPrinter());
    }

    @Override
    public String setOperation(QueryBody.SetOperation node) {
        String operator =
                node.kind().name().toLowerCase(Locale.ROOT)
                        + (node.distinct() ? " distinct" : " all");
        return node.inputs().stream()
                .map(input -> input.accept(this))
                .collect(Collectors.joining(" " + operator + " "));
    }

    @Override
    public String values(QueryBody.Values node) {
        List<String> rows =
                new ArrayList<>(
                        node.rows().stream()
                                .map(row -> "(" + expressions.list(row) + ")")
                                .toList());
        rows.set(0, namedRow(node));
        return "values " + String.join(", ", rows);
    }

    private String namedRow(QueryBody.Values node) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < node.names().size(); i++) {
            String value = expressions.list(node.rows().get(0).subList(i, i + 1));
            items.add(
                    value
                            + node.names()
                                    .get(i)
                                    .map(name -> " " + SqlPrinter.print(name))
                                    .orElse(""));
        }
        return "(" + String.join(", ", items) + ")";
    }

    @Override
    public String nested(QueryBody.Nested node) {
        return "(" + query(node.query()) + ")";
    }

    // ------------------------------------------------------------ relations

    private static String alias(Identifier alias) {
        return " as " + SqlPrinter.print(alias);
    }

    @Override
    public String tableReference(Relation.TableReference node) {
        return SqlPrinter.path(node.name().parts())
                + properties(node.properties())
                + node.sample().map(this::sample).orElse("")
                + node.alias().map(QueryPrinter::alias).orElse("");
    }

    private static String properties(List<Property> properties) {
        return properties.isEmpty()
                ? ""
                : properties.stream()
                        .map(RowFormatPrinter::property)
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    @Override
    public String subqueryRelation(Relation.SubqueryRelation node) {
        return "("
                + query(node.query())
                + ")"
                + node.sample().map(this::sample).orElse("")
                + node.alias().map(QueryPrinter::alias).orElse("")
                + columns(node.columns());
    }

    private String sample(TableSample sample) {
        String amount = sample.amount().toPlainString();
        String what =
                switch (sample.kind()) {
                    case BUCKET ->
                            "bucket "
                                    + amount
                                    + " out of "
                                    + sample.buckets()
                                    + bucketKeys(sample.expressions());
                    case PERCENT -> amount + " percent";
                    case ROWS -> amount + " rows";
                    case BYTES -> amount + "b";
                };
        return " tablesample (" + what + ")";
    }

    private String bucketKeys(List<Expression> keys) {
        return keys.isEmpty() ? "" : " on " + expressions.list(keys);
    }

    @Override
    public String join(Relation.Join node) {
        String operator =
                switch (node.kind()) {
                    case COMMA -> ", ";
                    case INNER -> " join ";
                    case CROSS -> " cross join ";
                    case LEFT_OUTER -> " left outer join ";
                    case RIGHT_OUTER -> " right outer join ";
                    case FULL_OUTER -> " full outer join ";
                    case LEFT_SEMI -> " left semi join ";
                    case LEFT_ANTI -> " left anti join ";
                };
        String right = node.right().accept(this);
        return node.left().accept(this)
                + operator
                + (node.right() instanceof Relation.Join ? "(" + right + ")" : right)
                + node.condition()
                        .map(condition -> " on " + expressions.print(condition))
                        .orElse("")
                + (node.using().isEmpty() ? "" : " using (" + SqlPrinter.names(node.using()) + ")");
    }

    @Override
    public String lateralRelation(Relation.LateralRelation node) {
        String input = node.input().accept(this);
        boolean join = node.input() instanceof Relation.Join;
        return (join ? "(" + input + ")" : input) + lateralView(node.view());
    }

    private String lateralView(LateralView view) {
        return " lateral view "
                + (view.outer() ? "outer " : "")
                + expressions.print(view.function())
                + view.alias().map(alias -> " " + SqlPrinter.print(alias)).orElse("")
                + (view.columns().isEmpty() ? "" : " as " + SqlPrinter.names(view.columns()));
    }
}
