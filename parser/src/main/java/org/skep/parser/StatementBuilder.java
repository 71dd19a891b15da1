package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.grammar.HiveParser;
import org.skep.grammar.HiveParserBaseVisitor;
import org.skep.parser.ast.AlterTableAction;
import org.skep.parser.ast.Assignment;
import org.skep.parser.ast.ColumnDefinition;
import org.skep.parser.ast.Constraint;
import org.skep.parser.ast.DataStatement;
import org.skep.parser.ast.DatabaseStatement;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.FunctionResource;
import org.skep.parser.ast.FunctionStatement;
import org.skep.parser.ast.InsertBranch;
import org.skep.parser.ast.InsertTarget;
import org.skep.parser.ast.MacroParameter;
import org.skep.parser.ast.MergeClause;
import org.skep.parser.ast.PrincipalKind;
import org.skep.parser.ast.Property;
import org.skep.parser.ast.QualifiedName;
import org.skep.parser.ast.Relation;
import org.skep.parser.ast.SourceSpan;
import org.skep.parser.ast.Statement;
import org.skep.parser.ast.TableKind;
import org.skep.parser.ast.TableOptions;
import org.skep.parser.ast.TableStatement;
import org.skep.parser.ast.ViewColumn;
import org.skep.parser.ast.ViewStatement;
import org.skep.parser.ast.With;

/** Builds statements. Confined to one thread. */
final class StatementBuilder extends HiveParserBaseVisitor<Statement> {
    private final SourceText source;
    private final QueryBuilder queries;
    private final ExpressionBuilder expressions;
    private final ClauseBuilder clauses;
    private final AlterTableBuilder alterations;
    private final ShowBuilder shows;

    StatementBuilder(SourceText source) {
        this.source = source;
        this.queries = new QueryBuilder(source);
        this.expressions = queries.expressions();
        this.clauses = queries.clauses();
        this.alterations = new AlterTableBuilder(source, clauses);
        this.shows = new ShowBuilder(source, queries);
    }

    Statement statement(HiveParser.StatementContext context) {
        boolean looks = context.showStatement() != null || context.describeStatement() != null;
        return context.getChild(0).accept(looks ? shows : this);
    }

    // ------------------------------------------------------------ queries and INSERT

    @Override
    public Statement visitQueryStatement(HiveParser.QueryStatementContext context) {
        Optional<With> with = queries.with(context.withClause());
        SourceSpan span = source.span(context);
        if (context.insertClause() != null) {
            InsertBranch branch =
                    new InsertBranch(
                            target(context.insertClause()), queries.query(context.query()), span);
            return new DataStatement.Insert(with, Optional.empty(), List.of(branch), span);
        }
        if (context.plainBody() != null) {
            return new Statement.QueryStatement(
                    queries.plainQuery(with, context.plainBody(), span), span);
        }
        if (context.fromFirstRest() != null) {
            return new Statement.QueryStatement(
                    queries.fromFirstQuery(
                            with, context.fromClause(), context.fromFirstRest(), span),
                    span);
        }
        Relation from = queries.relations().from(context.fromClause());
        List<InsertBranch> branches = new ArrayList<>();
        for (HiveParser.InsertBranchContext branch : context.insertBranch()) {
            branches.add(
                    new InsertBranch(
                            target(branch.insertClause()),
                            queries.branchQuery(branch),
                            source.span(branch)));
        }
        return new DataStatement.Insert(with, Optional.of(from), branches, span);
    }

    private InsertTarget target(HiveParser.InsertClauseContext context) {
        SourceSpan span = source.span(context);
        if (context instanceof HiveParser.InsertDirectoryContext directory) {
            return new InsertTarget.Directory(
                    source.string(directory.stringLiteral()),
                    directory.KW_LOCAL() != null,
                    Optional.ofNullable(directory.rowFormat()).map(clauses::rowFormat),
                    Optional.ofNullable(directory.storedAs()).map(clauses::storedAs),
                    span);
        }
        HiveParser.InsertTableContext table = (HiveParser.InsertTableContext) context;
        return new InsertTarget.Table(
                source.qualifiedName(table.qualifiedName()),
                table.KW_OVERWRITE() != null,
                clauses.optionalPartition(table.partitionSpec()),
                table.ifNotExists() != null,
                source.identifiers(table.columnNames()),
                span);
    }

    @Override
    public Statement visitExplainStatement(HiveParser.ExplainStatementContext context) {
        List<String> options = context.explainOption().stream().map(ClauseBuilder::words).toList();
        return new Statement.Explain(options, statement(context.statement()), source.span(context));
    }

    // ------------------------------------------------------------ other changes of data

    @Override
    public Statement visitLoadStatement(HiveParser.LoadStatementContext context) {
        return new DataStatement.Load(
                source.string(context.path),
                SourceText.location(context.path.getStart()),
                context.KW_LOCAL() != null,
                context.KW_OVERWRITE() != null,
                source.qualifiedName(context.qualifiedName()),
                clauses.optionalPartition(context.partitionSpec()),
                clauses.text(context.format),
                clauses.text(context.serde),
                source.span(context));
    }

    private Optional<Expression> where(HiveParser.WhereClauseContext context) {
        return Optional.ofNullable(context).map(c -> expressions.expression(c.expression()));
    }

    @Override
    public Statement visitUpdateStatement(HiveParser.UpdateStatementContext context) {
        return new DataStatement.Update(
                source.qualifiedName(context.qualifiedName()),
                queries.relations().alias(context.tableAlias()),
                clauses.assignments(context.assignment()),
                where(context.whereClause()),
                source.span(context));
    }

    @Override
    public Statement visitDeleteStatement(HiveParser.DeleteStatementContext context) {
        return new DataStatement.Delete(
                source.qualifiedName(context.qualifiedName()),
                queries.relations().alias(context.tableAlias()),
                where(context.whereClause()),
                source.span(context));
    }

    @Override
    public Statement visitMergeStatement(HiveParser.MergeStatementContext context) {
        return new DataStatement.Merge(
                source.qualifiedName(context.qualifiedName()),
                queries.relations().alias(context.tableAlias()),
                queries.relations().relation(context.relationPrimary()),
                expressions.expression(context.expression()),
                context.mergeClause().stream().map(this::mergeClause).toList(),
                source.span(context));
    }

    private MergeClause mergeClause(HiveParser.MergeClauseContext context) {
        SourceSpan span = source.span(context);
        if (context instanceof HiveParser.MergeNotMatchedContext insert) {
            return new MergeClause.NotMatchedInsert(
                    expressions.optional(insert.expression()),
                    source.identifiers(insert.columnNames()),
                    clauses.valuesRow(insert.valuesRow()),
                    span);
        }
        HiveParser.MergeMatchedContext matched = (HiveParser.MergeMatchedContext) context;
        Optional<Expression> condition = expressions.optional(matched.expression());
        if (matched.KW_DELETE() != null) {
            return new MergeClause.MatchedDelete(condition, span);
        }
        List<Assignment> assignments = clauses.assignments(matched.assignment());
        return new MergeClause.MatchedUpdate(condition, assignments, span);
    }

    // ------------------------------------------------------------ databases

    @Override
    public Statement visitCreateDatabase(HiveParser.CreateDatabaseContext context) {
        List<Property> properties = new ArrayList<>();
        context.propertyList().forEach(list -> properties.addAll(source.properties(list)));
        return new DatabaseStatement.Create(
                source.qualifiedName(context.qualifiedName()),
                context.ifNotExists() != null,
                clauses.text(context.comment),
                clauses.text(context.location),
                clauses.text(context.managed),
                properties,
                source.span(context));
    }

    @Override
    public Statement visitDropDatabase(HiveParser.DropDatabaseContext context) {
        return new DatabaseStatement.Drop(
                source.qualifiedName(context.qualifiedName()),
                context.ifExists() != null,
                context.KW_CASCADE() != null,
                source.span(context));
    }

    @Override
    public Statement visitAlterDatabase(HiveParser.AlterDatabaseContext context) {
        QualifiedName name = source.qualifiedName(context.qualifiedName());
        SourceSpan span = source.span(context);
        if (context.propertyList() != null) {
            return new DatabaseStatement.SetDatabaseProperties(
                    name, source.properties(context.propertyList()), span);
        }
        if (context.identifier() != null) {
            PrincipalKind kind =
                    AlterTableBuilder.principal(
                            context.KW_USER() != null, context.KW_ROLE() != null);
            return new DatabaseStatement.SetDatabaseOwner(
                    name, kind, source.identifier(context.identifier()), span);
        }
        boolean managed = context.managed != null;
        return new DatabaseStatement.SetDatabaseLocation(
                name, source.string(managed ? context.managed : context.location), managed, span);
    }

    @Override
    public Statement visitUseDatabase(HiveParser.UseDatabaseContext context) {
        return new DatabaseStatement.Use(
                source.qualifiedName(context.qualifiedName()), source.span(context));
    }

    // ------------------------------------------------------------ tables

    @Override
    public Statement visitCreateTable(HiveParser.CreateTableContext context) {
        SourceSpan span = source.span(context);
        QualifiedName name = source.qualifiedName(context.qualifiedName(0));
        boolean ifNotExists = context.ifNotExists() != null;
        TableOptions options = clauses.tableOptions(context.tableOption(), span);
        if (context.likeSource != null) {
            return new TableStatement.CreateTableLike(
                    name,
                    kind(context),
                    ifNotExists,
                    source.qualifiedName(context.likeSource),
                    options,
                    span);
        }
        List<ColumnDefinition> columns = new ArrayList<>();
        List<Constraint> constraints = new ArrayList<>();
        for (HiveParser.TableElementContext element : context.tableElement()) {
            if (element.columnDefinition() != null) {
                columns.add(clauses.column(element.columnDefinition()));
            } else {
                constraints.add(clauses.tableConstraint(element.tableConstraint()));
            }
        }
        return new TableStatement.CreateTable(
                name,
                kind(context),
                ifNotExists,
                columns,
                constraints,
                options,
                Optional.ofNullable(context.query()).map(queries::query),
                span);
    }

    private static TableKind kind(HiveParser.CreateTableContext context) {
        boolean temporary = false;
        TableKind kind = TableKind.PLAIN;
        for (HiveParser.TableModifierContext modifier : context.tableModifier()) {
            TableKind next = TableKind.PLAIN;
            if (modifier.KW_TEMPORARY() != null) {
                temporary = true;
            } else if (modifier.KW_EXTERNAL() != null) {
                next = TableKind.EXTERNAL;
            } else if (modifier.KW_MANAGED() != null) {
                next = TableKind.MANAGED;
            } else {
                next = TableKind.TRANSACTIONAL;
            }
            if (kind != TableKind.PLAIN && next != TableKind.PLAIN) {
                throw SourceText.error(
                        modifier, "Table must be of one kind: " + modifier.getText());
            }
            kind = next == TableKind.PLAIN ? kind : next;
        }
        if (!temporary) {
            return kind;
        }
        return kind == TableKind.EXTERNAL ? TableKind.TEMPORARY_EXTERNAL : TableKind.TEMPORARY;
    }

    @Override
    public Statement visitDropTable(HiveParser.DropTableContext context) {
        return new TableStatement.DropTable(
                source.qualifiedName(context.qualifiedName()),
                context.ifExists() != null,
                context.KW_PURGE() != null,
                source.span(context));
    }

    @Override
    public Statement visitTruncateTable(HiveParser.TruncateTableContext context) {
        return new TableStatement.TruncateTable(
                source.qualifiedName(context.qualifiedName()),
                clauses.optionalPartition(context.partitionSpec()),
                source.identifiers(context.columnNames()),
                context.KW_FORCE() != null,
                source.span(context));
    }

    @Override
    public Statement visitAlterTable(HiveParser.AlterTableContext context) {
        return new TableStatement.AlterTable(
                source.qualifiedName(context.qualifiedName()),
                clauses.optionalPartition(context.partitionSpec()),
                alterations.action(context.alterTableAction()),
                source.span(context));
    }

    @Override
    public Statement visitAnalyzeTable(HiveParser.AnalyzeTableContext context) {
        return new TableStatement.AnalyzeTable(
                source.qualifiedName(context.qualifiedName()),
                clauses.optionalPartition(context.partitionSpec()),
                !context.KW_NOSCAN().isEmpty(),
                !context.KW_COLUMNS().isEmpty(),
                source.identifiers(context.identifier()),
                context.KW_CACHE() != null,
                source.span(context));
    }

    @Override
    public Statement visitRepairTable(HiveParser.RepairTableContext context) {
        boolean sync = context.KW_SYNC() != null;
        boolean bare = context.KW_PARTITIONS() == null;
        return new TableStatement.RepairTable(
                source.qualifiedName(context.qualifiedName()),
                context.KW_REPAIR() != null,
                bare || sync || context.KW_ADD() != null,
                sync || context.KW_DROP() != null,
                clauses.optionalPartition(context.partitionSpec()),
                source.span(context));
    }

    // ------------------------------------------------------------ views

    @Override
    public Statement visitCreateView(HiveParser.CreateViewContext context) {
        return new ViewStatement.CreateView(
                source.qualifiedName(context.qualifiedName()),
                context.KW_REPLACE() != null,
                context.ifNotExists() != null,
                context.viewColumn().stream().map(this::viewColumn).toList(),
                clauses.text(context.stringLiteral()),
                source.identifiers(context.columnNames()),
                context.tableProperties1() == null
                        ? List.of()
                        : source.properties(context.tableProperties1().propertyList()),
                queries.query(context.query()),
                source.textOf(context.query()),
                source.span(context));
    }

    private ViewColumn viewColumn(HiveParser.ViewColumnContext context) {
        return new ViewColumn(
                source.identifier(context.identifier()),
                clauses.text(context.stringLiteral()),
                source.span(context));
    }

    @Override
    public Statement visitAlterView(HiveParser.AlterViewContext context) {
        QualifiedName name = source.qualifiedName(context.qualifiedName(0));
        SourceSpan span = source.span(context);
        if (context.query() != null) {
            return new ViewStatement.AlterViewQuery(
                    name, queries.query(context.query()), source.textOf(context.query()), span);
        }
        return new ViewStatement.AlterView(name, viewAction(context, span), span);
    }

    private AlterTableAction viewAction(HiveParser.AlterViewContext context, SourceSpan span) {
        if (context.KW_RENAME() != null) {
            return new AlterTableAction.Rename(
                    source.qualifiedName(context.qualifiedName(1)), span);
        }
        if (context.KW_UNSET() != null) {
            return new AlterTableAction.UnsetProperties(
                    AlterTableBuilder.keys(source.properties(context.propertyList())),
                    context.ifExists() != null,
                    span);
        }
        if (context.KW_SET() != null) {
            return new AlterTableAction.SetProperties(
                    source.properties(context.propertyList()), span);
        }
        if (context.KW_ADD() != null) {
            return new AlterTableAction.AddPartitions(
                    context.addedPartition().stream().map(clauses::addedPartition).toList(),
                    context.ifNotExists() != null,
                    span);
        }
        return new AlterTableAction.DropPartitions(
                context.partitionSpec().stream().map(clauses::partition).toList(),
                context.ifExists() != null,
                false,
                span);
    }

    @Override
    public Statement visitDropView(HiveParser.DropViewContext context) {
        return new ViewStatement.DropView(
                source.qualifiedName(context.qualifiedName()),
                context.ifExists() != null,
                source.span(context));
    }

    // ------------------------------------------------------------ functions and macros

    @Override
    public Statement visitCreateFunction(HiveParser.CreateFunctionContext context) {
        return new FunctionStatement.CreateFunction(
                source.qualifiedName(context.qualifiedName()),
                context.KW_TEMPORARY() != null,
                source.string(context.stringLiteral()),
                context.functionResource().stream().map(this::resource).toList(),
                source.span(context));
    }

    private FunctionResource resource(HiveParser.FunctionResourceContext context) {
        String kind =
                context.KW_JAR() != null ? "jar" : context.KW_FILE() != null ? "file" : "archive";
        return new FunctionResource(
                kind, source.string(context.stringLiteral()), source.span(context));
    }

    @Override
    public Statement visitDropFunction(HiveParser.DropFunctionContext context) {
        return new FunctionStatement.DropFunction(
                source.qualifiedName(context.qualifiedName()),
                context.KW_TEMPORARY() != null,
                context.ifExists() != null,
                source.span(context));
    }

    @Override
    public Statement visitReloadFunctions(HiveParser.ReloadFunctionsContext context) {
        return new FunctionStatement.ReloadFunctions(source.span(context));
    }

    @Override
    public Statement visitCreateMacro(HiveParser.CreateMacroContext context) {
        return new FunctionStatement.CreateMacro(
                source.qualifiedName(context.qualifiedName()),
                context.macroParameter().stream().map(this::macroParameter).toList(),
                expressions.expression(context.expression()),
                source.span(context));
    }

    private MacroParameter macroParameter(HiveParser.MacroParameterContext context) {
        return new MacroParameter(
                source.identifier(context.identifier()),
                queries.types().type(context.type()),
                source.span(context));
    }

    @Override
    public Statement visitDropMacro(HiveParser.DropMacroContext context) {
        return new FunctionStatement.DropMacro(
                source.qualifiedName(context.qualifiedName()),
                context.ifExists() != null,
                source.span(context));
    }
}
