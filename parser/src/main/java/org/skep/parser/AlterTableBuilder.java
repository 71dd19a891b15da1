package org.skep.parser;

import java.util.List;
import java.util.Optional;
import org.skep.grammar.HiveParser;
import org.skep.grammar.HiveParserBaseVisitor;
import org.skep.parser.ast.AlterTableAction;
import org.skep.parser.ast.ColumnDefinition;
import org.skep.parser.ast.PrincipalKind;
import org.skep.parser.ast.Property;

/** Builds the actions of ALTER TABLE. Confined to one thread. */
final class AlterTableBuilder extends HiveParserBaseVisitor<AlterTableAction> {
    private final SourceText source;
    private final ClauseBuilder clauses;

    AlterTableBuilder(SourceText source, ClauseBuilder clauses) {
        this.source = source;
        this.clauses = clauses;
    }

    AlterTableAction action(HiveParser.AlterTableActionContext context) {
        return context.accept(this);
    }

    static PrincipalKind principal(boolean user, boolean role) {
        if (user) {
            return PrincipalKind.USER;
        }
        return role ? PrincipalKind.ROLE : PrincipalKind.GROUP;
    }

    static List<String> keys(List<Property> properties) {
        return properties.stream().map(Property::key).toList();
    }

    private static boolean cascades(HiveParser.DependentsContext context) {
        return context != null && context.KW_CASCADE() != null;
    }

    @Override
    public AlterTableAction visitRenameAction(HiveParser.RenameActionContext context) {
        return context.partitionSpec() != null
                ? new AlterTableAction.RenamePartition(
                        clauses.partition(context.partitionSpec()), source.span(context))
                : new AlterTableAction.Rename(
                        source.qualifiedName(context.qualifiedName()), source.span(context));
    }

    @Override
    public AlterTableAction visitColumnsAction(HiveParser.ColumnsActionContext context) {
        List<ColumnDefinition> columns = clauses.columns(context.columnDefinition());
        boolean cascade = cascades(context.dependents());
        return context.KW_ADD() != null
                ? new AlterTableAction.AddColumns(columns, cascade, source.span(context))
                : new AlterTableAction.ReplaceColumns(columns, cascade, source.span(context));
    }

    @Override
    public AlterTableAction visitChangeColumnAction(HiveParser.ChangeColumnActionContext context) {
        return new AlterTableAction.ChangeColumn(
                source.identifier(context.identifier(0)),
                clauses.column(context.columnDefinition()),
                context.KW_FIRST() != null,
                context.KW_AFTER() == null
                        ? Optional.empty()
                        : Optional.of(source.identifier(context.identifier(1))),
                cascades(context.dependents()),
                source.span(context));
    }

    @Override
    public AlterTableAction visitDropColumnAction(HiveParser.DropColumnActionContext context) {
        return new AlterTableAction.DropColumn(
                source.identifier(context.identifier()),
                context.ifExists() != null,
                source.span(context));
    }

    @Override
    public AlterTableAction visitAddPartitionsAction(
            HiveParser.AddPartitionsActionContext context) {
        return new AlterTableAction.AddPartitions(
                context.addedPartition().stream().map(clauses::addedPartition).toList(),
                context.ifNotExists() != null,
                source.span(context));
    }

    @Override
    public AlterTableAction visitDropPartitionsAction(
            HiveParser.DropPartitionsActionContext context) {
        return new AlterTableAction.DropPartitions(
                context.partitionSpec().stream().map(clauses::partition).toList(),
                context.ifExists() != null,
                context.KW_PURGE() != null,
                source.span(context));
    }

    @Override
    public AlterTableAction visitAddConstraintAction(
            HiveParser.AddConstraintActionContext context) {
        return new AlterTableAction.AddConstraint(
                clauses.tableConstraint(context.tableConstraint()), source.span(context));
    }

    @Override
    public AlterTableAction visitDropConstraintAction(
            HiveParser.DropConstraintActionContext context) {
        return new AlterTableAction.DropConstraint(
                source.identifier(context.identifier()), source.span(context));
    }

    @Override
    public AlterTableAction visitSetPropertiesAction(
            HiveParser.SetPropertiesActionContext context) {
        return new AlterTableAction.SetProperties(
                source.properties(context.propertyList()), source.span(context));
    }

    @Override
    public AlterTableAction visitUnsetPropertiesAction(
            HiveParser.UnsetPropertiesActionContext context) {
        return new AlterTableAction.UnsetProperties(
                keys(source.properties(context.propertyList())),
                context.ifExists() != null,
                source.span(context));
    }

    @Override
    public AlterTableAction visitSetLocationAction(HiveParser.SetLocationActionContext context) {
        return new AlterTableAction.SetLocation(
                source.string(context.stringLiteral()), source.span(context));
    }

    @Override
    public AlterTableAction visitSetFileFormatAction(
            HiveParser.SetFileFormatActionContext context) {
        return new AlterTableAction.SetFileFormat(
                clauses.fileFormat(context.fileFormat()), source.span(context));
    }

    @Override
    public AlterTableAction visitSetSerdeAction(HiveParser.SetSerdeActionContext context) {
        return new AlterTableAction.SetSerde(
                source.string(context.stringLiteral()),
                source.properties(context.propertyList()),
                source.span(context));
    }

    @Override
    public AlterTableAction visitSetSerdePropertiesAction(
            HiveParser.SetSerdePropertiesActionContext context) {
        return new AlterTableAction.SetSerdeProperties(
                source.properties(context.propertyList()), source.span(context));
    }

    @Override
    public AlterTableAction visitUnsetSerdePropertiesAction(
            HiveParser.UnsetSerdePropertiesActionContext context) {
        return new AlterTableAction.UnsetSerdeProperties(
                keys(source.properties(context.propertyList())), source.span(context));
    }

    @Override
    public AlterTableAction visitSetOwnerAction(HiveParser.SetOwnerActionContext context) {
        PrincipalKind kind = principal(context.KW_USER() != null, context.KW_ROLE() != null);
        return new AlterTableAction.SetOwner(
                kind, source.identifier(context.identifier()), source.span(context));
    }

    @Override
    public AlterTableAction visitBucketingAction(HiveParser.BucketingActionContext context) {
        return new AlterTableAction.ClusterBy(
                clauses.bucketing(context.bucketing()), source.span(context));
    }

    @Override
    public AlterTableAction visitBucketCountAction(HiveParser.BucketCountActionContext context) {
        return new AlterTableAction.SetBucketCount(
                clauses.bucketCount(context.bucketCount()), source.span(context));
    }

    @Override
    public AlterTableAction visitDropBucketingAction(
            HiveParser.DropBucketingActionContext context) {
        return new AlterTableAction.DropBucketing(
                context.KW_SORTED() != null, source.span(context));
    }

    @Override
    public AlterTableAction visitTouchAction(HiveParser.TouchActionContext context) {
        return new AlterTableAction.Touch(
                Optional.ofNullable(context.partitionSpec()).map(clauses::partition),
                source.span(context));
    }

    @Override
    public AlterTableAction visitPartitionColumnAction(
            HiveParser.PartitionColumnActionContext context) {
        return new AlterTableAction.ChangePartitionColumn(
                source.identifier(context.identifier()),
                clauses.type(context.type()),
                source.span(context));
    }

    @Override
    public AlterTableAction visitExchangeAction(HiveParser.ExchangeActionContext context) {
        return new AlterTableAction.ExchangePartition(
                clauses.partition(context.partitionSpec()),
                source.qualifiedName(context.qualifiedName()),
                source.span(context));
    }
}
