package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skep.grammar.HiveParser;
import org.skep.grammar.HiveParserBaseVisitor;
import org.skep.parser.ast.DescribeStatement;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.ShowStatement;
import org.skep.parser.ast.Statement;

/** Builds SHOW and DESCRIBE. Confined to one thread. */
final class ShowBuilder extends HiveParserBaseVisitor<Statement> {
    private final SourceText source;
    private final QueryBuilder queries;
    private final ExpressionBuilder expressions;
    private final ClauseBuilder clauses;

    ShowBuilder(SourceText source, QueryBuilder queries) {
        this.source = source;
        this.queries = queries;
        this.expressions = queries.expressions();
        this.clauses = queries.clauses();
    }

    // ------------------------------------------------------------ SHOW

    private Optional<Identifier> database(HiveParser.InDatabaseContext context) {
        return Optional.ofNullable(context).map(c -> source.identifier(c.identifier()));
    }

    private Optional<String> pattern(HiveParser.LikePatternContext context) {
        return Optional.ofNullable(context).map(c -> pattern(c.pattern()));
    }

    private String pattern(HiveParser.PatternContext context) {
        return context.stringLiteral() != null
                ? source.string(context.stringLiteral())
                : source.identifier(context.identifier()).text();
    }

    @Override
    public Statement visitShowDatabases(HiveParser.ShowDatabasesContext context) {
        return new ShowStatement.ShowDatabases(
                pattern(context.likePattern()), source.span(context));
    }

    @Override
    public Statement visitShowTables(HiveParser.ShowTablesContext context) {
        if (context.identifier() != null
                && !source.identifier(context.identifier()).name().equals("table_type")) {
            throw SourceText.error(
                    context.identifier(),
                    "SHOW TABLES can only choose by TABLE_TYPE: " + context.identifier().getText());
        }
        return new ShowStatement.ShowTables(
                context.KW_EXTENDED() != null,
                database(context.inDatabase()),
                pattern(context.likePattern()),
                clauses.text(context.stringLiteral()),
                source.span(context));
    }

    @Override
    public Statement visitShowViews(HiveParser.ShowViewsContext context) {
        return new ShowStatement.ShowViews(
                context.KW_MATERIALIZED() != null,
                database(context.inDatabase()),
                pattern(context.likePattern()),
                source.span(context));
    }

    @Override
    public Statement visitShowColumns(HiveParser.ShowColumnsContext context) {
        return new ShowStatement.ShowColumns(
                context.KW_SORTED() != null,
                source.qualifiedName(context.qualifiedName()),
                database(context.inDatabase()),
                pattern(context.likePattern()),
                source.span(context));
    }

    @Override
    public Statement visitShowFunctions(HiveParser.ShowFunctionsContext context) {
        return new ShowStatement.ShowFunctions(
                pattern(context.likePattern()), source.span(context));
    }

    @Override
    public Statement visitShowPartitions(HiveParser.ShowPartitionsContext context) {
        return new ShowStatement.ShowPartitions(
                source.qualifiedName(context.qualifiedName()),
                clauses.optionalPartition(context.partitionSpec()),
                Optional.ofNullable(context.whereClause())
                        .map(c -> expressions.expression(c.expression())),
                context.orderByClause() == null
                        ? List.of()
                        : expressions.sortItems(context.orderByClause().sortItem()),
                queries.limit(context.limitClause()),
                source.span(context));
    }

    @Override
    public Statement visitShowCreateDatabase(HiveParser.ShowCreateDatabaseContext context) {
        return new ShowStatement.ShowCreateDatabase(
                source.qualifiedName(context.qualifiedName()), source.span(context));
    }

    @Override
    public Statement visitShowCreateTable(HiveParser.ShowCreateTableContext context) {
        return new ShowStatement.ShowCreateTable(
                source.qualifiedName(context.qualifiedName()), source.span(context));
    }

    @Override
    public Statement visitShowTableExtended(HiveParser.ShowTableExtendedContext context) {
        return new ShowStatement.ShowTableExtended(
                database(context.inDatabase()),
                pattern(context.pattern()),
                clauses.optionalPartition(context.partitionSpec()),
                source.span(context));
    }

    @Override
    public Statement visitShowTableProperties(HiveParser.ShowTablePropertiesContext context) {
        return new ShowStatement.ShowTableProperties(
                source.qualifiedName(context.qualifiedName()),
                clauses.text(context.stringLiteral()),
                source.span(context));
    }

    @Override
    public Statement visitShowConf(HiveParser.ShowConfContext context) {
        return new ShowStatement.ShowConf(
                source.string(context.stringLiteral()), source.span(context));
    }

    // ------------------------------------------------------------ DESCRIBE

    @Override
    public Statement visitDescribeDatabase(HiveParser.DescribeDatabaseContext context) {
        return new DescribeStatement.DescribeDatabase(
                context.KW_EXTENDED() != null,
                source.qualifiedName(context.qualifiedName()),
                source.span(context));
    }

    @Override
    public Statement visitDescribeFunction(HiveParser.DescribeFunctionContext context) {
        HiveParser.DescribedFunctionContext function = context.describedFunction();
        String name;
        if (function.stringLiteral() != null) {
            name = source.string(function.stringLiteral());
        } else if (function.functionName() != null) {
            name = expressions.calls().functionName(function.functionName()).toString();
        } else {
            name = function.getText().toLowerCase(Locale.ROOT);
        }
        return new DescribeStatement.DescribeFunction(
                context.KW_EXTENDED() != null, name, source.span(context));
    }

    @Override
    public Statement visitDescribeTable(HiveParser.DescribeTableContext context) {
        DescribeStatement.DescribeTable.Mode mode =
                context.KW_FORMATTED() != null
                        ? DescribeStatement.DescribeTable.Mode.FORMATTED
                        : context.KW_EXTENDED() != null
                                ? DescribeStatement.DescribeTable.Mode.EXTENDED
                                : DescribeStatement.DescribeTable.Mode.PLAIN;
        return new DescribeStatement.DescribeTable(
                mode,
                source.qualifiedName(context.qualifiedName()),
                clauses.optionalPartition(context.before != null ? context.before : context.after),
                context.describedColumn() == null ? List.of() : path(context.describedColumn()),
                source.span(context));
    }

    private List<String> path(HiveParser.DescribedColumnContext context) {
        List<String> path = new ArrayList<>();
        for (int i = 0; i < context.getChildCount(); i += 2) {
            path.add(
                    context.getChild(i) instanceof HiveParser.IdentifierContext identifier
                            ? source.identifier(identifier).name()
                            : context.getChild(i).getText().toLowerCase(Locale.ROOT));
        }
        return path;
    }
}
