package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.skep.grammar.HiveParser;
import org.skep.parser.ast.AddedPartition;
import org.skep.parser.ast.Assignment;
import org.skep.parser.ast.BinaryOperator;
import org.skep.parser.ast.Bucketing;
import org.skep.parser.ast.ColumnDefinition;
import org.skep.parser.ast.Constraint;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.PartitionSpec;
import org.skep.parser.ast.PartitionValue;
import org.skep.parser.ast.Property;
import org.skep.parser.ast.QualifiedName;
import org.skep.parser.ast.RowFormat;
import org.skep.parser.ast.Skew;
import org.skep.parser.ast.SortItem;
import org.skep.parser.ast.SourceSpan;
import org.skep.parser.ast.StorageFormat;
import org.skep.parser.ast.TableOptions;
import org.skep.parser.ast.TypeName;

/**
 * Builds the clauses that several statements share: partitions, columns, formats, table options.
 * Confined to one thread.
 */
final class ClauseBuilder {
    private final SourceText source;
    private final TypeBuilder types;
    private final ExpressionBuilder expressions;

    ClauseBuilder(SourceText source, TypeBuilder types, ExpressionBuilder expressions) {
        this.source = source;
        this.types = types;
        this.expressions = expressions;
    }

    Optional<String> text(HiveParser.StringLiteralContext context) {
        return Optional.ofNullable(source.string(context));
    }

    // ------------------------------------------------------------ values

    List<Expression> valuesRow(HiveParser.ValuesRowContext context) {
        return context.expression().stream().map(this::value).toList();
    }

    /** An expression, or DEFAULT, which is no reserved word and so reads as a column. */
    Expression value(HiveParser.ExpressionContext context) {
        Expression expression = expressions.expression(context);
        if (expression instanceof Expression.ColumnReference column && column.path().size() == 1) {
            Identifier name = column.path().get(0);
            if (!name.quoted() && name.name().equals("default")) {
                return new Expression.DefaultValue(column.span());
            }
        }
        return expression;
    }

    List<Assignment> assignments(List<HiveParser.AssignmentContext> contexts) {
        return contexts.stream()
                .map(
                        c ->
                                new Assignment(
                                        source.qualifiedName(c.qualifiedName()),
                                        value(c.expression()),
                                        source.span(c)))
                .toList();
    }

    // ------------------------------------------------------------ partitions

    Optional<PartitionSpec> optionalPartition(HiveParser.PartitionSpecContext context) {
        return Optional.ofNullable(context).map(this::partition);
    }

    PartitionSpec partition(HiveParser.PartitionSpecContext context) {
        return new PartitionSpec(
                context.partitionValue().stream().map(this::partitionValue).toList(),
                source.span(context));
    }

    private PartitionValue partitionValue(HiveParser.PartitionValueContext context) {
        if (context.KW_LIKE() != null) {
            throw SourceText.notSupported(context, "LIKE in a partition specification");
        }
        BinaryOperator operator =
                context.comparisonOperator() == null
                        ? BinaryOperator.EQUAL
                        : comparison(context.comparisonOperator());
        return new PartitionValue(
                source.identifier(context.identifier()),
                operator,
                Optional.ofNullable(context.bitOrExpression()).map(expressions::bitOr),
                source.span(context));
    }

    private static BinaryOperator comparison(HiveParser.ComparisonOperatorContext context) {
        return switch (context.getStart().getType()) {
            case HiveParser.EQ -> BinaryOperator.EQUAL;
            case HiveParser.NEQ -> BinaryOperator.NOT_EQUAL;
            case HiveParser.LT -> BinaryOperator.LESS;
            case HiveParser.LTE -> BinaryOperator.LESS_OR_EQUAL;
            case HiveParser.GT -> BinaryOperator.GREATER;
            default -> BinaryOperator.GREATER_OR_EQUAL;
        };
    }

    AddedPartition addedPartition(HiveParser.AddedPartitionContext context) {
        return new AddedPartition(
                partition(context.partitionSpec()),
                text(context.stringLiteral()),
                source.span(context));
    }

    Bucketing bucketing(HiveParser.BucketingContext context) {
        return new Bucketing(
                source.identifiers(context.columnNames()),
                expressions.sortItems(context.sortItem()),
                bucketCount(context.bucketCount()),
                source.span(context));
    }

    int bucketCount(HiveParser.BucketCountContext context) {
        try {
            return Integer.parseInt(context.NUMBER().getText());
        } catch (NumberFormatException e) {
            throw SourceText.error(
                    context, "Number of buckets must be an integer: " + context.NUMBER().getText());
        }
    }

    TypeName type(HiveParser.TypeContext context) {
        return types.type(context);
    }

    // ------------------------------------------------------------ columns

    List<ColumnDefinition> columns(List<HiveParser.ColumnDefinitionContext> contexts) {
        return contexts.stream().map(this::column).toList();
    }

    ColumnDefinition column(HiveParser.ColumnDefinitionContext context) {
        return column(context, context.identifier(), context.type(), context.columnOption());
    }

    private ColumnDefinition column(
            ParserRuleContext context,
            HiveParser.IdentifierContext name,
            HiveParser.TypeContext type,
            List<HiveParser.ColumnOptionContext> options) {
        Optional<String> comment = Optional.empty();
        List<Constraint> constraints = new ArrayList<>();
        for (HiveParser.ColumnOptionContext option : options) {
            if (option.KW_COMMENT() == null) {
                constraints.add(columnConstraint(option));
            } else if (comment.isPresent()) {
                throw SourceText.error(option, "Column must have one comment: " + name.getText());
            } else {
                comment = text(option.stringLiteral());
            }
        }
        return new ColumnDefinition(
                source.identifier(name),
                types.type(type),
                comment,
                constraints,
                source.span(context));
    }

    private Constraint columnConstraint(HiveParser.ColumnOptionContext context) {
        HiveParser.ColumnConstraintContext constraint = context.columnConstraint();
        Constraint.Kind kind;
        if (constraint.KW_NULL() != null) {
            kind = Constraint.Kind.NOT_NULL;
        } else if (constraint.KW_PRIMARY() != null) {
            kind = Constraint.Kind.PRIMARY_KEY;
        } else if (constraint.KW_UNIQUE() != null) {
            kind = Constraint.Kind.UNIQUE;
        } else if (constraint.KW_DEFAULT() != null) {
            kind = Constraint.Kind.DEFAULT;
        } else if (constraint.KW_CHECK() != null) {
            kind = Constraint.Kind.CHECK;
        } else {
            kind = Constraint.Kind.FOREIGN_KEY;
        }
        return new Constraint(
                Optional.ofNullable(context.identifier()).map(source::identifier),
                kind,
                List.of(),
                kind == Constraint.Kind.DEFAULT
                        ? Optional.of(expressions.bitOr(constraint.bitOrExpression()))
                        : expressions.optional(constraint.expression()),
                Optional.ofNullable(constraint.qualifiedName()).map(source::qualifiedName),
                source.identifiers(constraint.columnNames()),
                traits(context.constraintTrait()),
                source.span(context));
    }

    Constraint tableConstraint(HiveParser.TableConstraintContext context) {
        Constraint.Kind kind;
        if (context.KW_PRIMARY() != null) {
            kind = Constraint.Kind.PRIMARY_KEY;
        } else if (context.KW_UNIQUE() != null) {
            kind = Constraint.Kind.UNIQUE;
        } else if (context.KW_CHECK() != null) {
            kind = Constraint.Kind.CHECK;
        } else {
            kind = Constraint.Kind.FOREIGN_KEY;
        }
        Optional<QualifiedName> referenced =
                Optional.ofNullable(context.qualifiedName()).map(source::qualifiedName);
        return new Constraint(
                Optional.ofNullable(context.identifier()).map(source::identifier),
                kind,
                source.identifiers(context.columnNames(0)),
                expressions.optional(context.expression()),
                referenced,
                source.identifiers(context.columnNames(1)),
                traits(context.constraintTrait()),
                source.span(context));
    }

    private static List<String> traits(List<HiveParser.ConstraintTraitContext> contexts) {
        return contexts.stream().map(ClauseBuilder::words).toList();
    }

    /** The words of a rule in upper case, one blank between them. */
    static String words(ParserRuleContext context) {
        return context.children.stream()
                .map(ParseTree::getText)
                .map(word -> word.toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    // ------------------------------------------------------------ formats

    RowFormat rowFormat(HiveParser.RowFormatContext context) {
        if (context.KW_SERDE() != null) {
            return new RowFormat.Serde(
                    source.string(context.stringLiteral()),
                    source.properties(context.propertyList()),
                    source.span(context));
        }
        String fields = null;
        String escape = null;
        String items = null;
        String keys = null;
        String lines = null;
        String nullText = null;
        for (HiveParser.DelimitedOptionContext option : context.delimitedOption()) {
            if (option.terminator != null) {
                fields = source.string(option.terminator);
                escape = option.escape == null ? escape : source.string(option.escape);
            } else if (option.items != null) {
                items = source.string(option.items);
            } else if (option.keys != null) {
                keys = source.string(option.keys);
            } else if (option.lines != null) {
                lines = source.string(option.lines);
            } else {
                nullText = source.string(option.nullText);
            }
        }
        return new RowFormat.Delimited(
                Optional.ofNullable(fields),
                Optional.ofNullable(escape),
                Optional.ofNullable(items),
                Optional.ofNullable(keys),
                Optional.ofNullable(lines),
                Optional.ofNullable(nullText),
                source.span(context));
    }

    StorageFormat storedAs(HiveParser.StoredAsContext context) {
        if (context.format != null) {
            return new StorageFormat.Named(
                    source.identifier(context.format).name(), source.span(context));
        }
        return new StorageFormat.Classes(
                source.string(context.input),
                source.string(context.output),
                Optional.empty(),
                source.span(context));
    }

    StorageFormat fileFormat(HiveParser.FileFormatContext context) {
        if (context.identifier() != null) {
            return new StorageFormat.Named(
                    source.identifier(context.identifier()).name(), source.span(context));
        }
        return new StorageFormat.Classes(
                source.string(context.input),
                source.string(context.output),
                text(context.serde),
                source.span(context));
    }

    // ------------------------------------------------------------ table options

    TableOptions tableOptions(List<HiveParser.TableOptionContext> contexts, SourceSpan span) {
        TableOptionCollector collector = new TableOptionCollector();
        contexts.forEach(collector::add);
        return collector.build(span);
    }

    /** Takes the options in any order, each at most once. */
    private final class TableOptionCollector {
        private String comment;
        private List<ColumnDefinition> partitionColumns;
        private List<Identifier> partitionNames = List.of();
        private List<Expression> partitionTransforms;
        private Bucketing bucketing;
        private Skew skew;
        private List<SortItem> writeOrder;
        private RowFormat rowFormat;
        private StorageFormat storage;
        private String tableLocation;
        private List<Property> properties;

        void add(HiveParser.TableOptionContext context) {
            if (context instanceof HiveParser.CommentOptionContext option) {
                comment = once(comment, source.string(option.stringLiteral()), context);
            } else if (context instanceof HiveParser.PartitionedByOptionContext option) {
                addPartitionColumns(option);
            } else if (context instanceof HiveParser.PartitionTransformOptionContext option) {
                partitionTransforms =
                        once(
                                partitionTransforms,
                                option.functionArgument().stream()
                                        .map(expressions.calls()::argument)
                                        .toList(),
                                context);
            } else if (context instanceof HiveParser.ClusteredByOptionContext option) {
                bucketing =
                        once(bucketing, ClauseBuilder.this.bucketing(option.bucketing()), context);
            } else if (context instanceof HiveParser.SkewedByOptionContext option) {
                skew = once(skew, skew(option), context);
            } else if (context instanceof HiveParser.OrderedByOptionContext option) {
                writeOrder = once(writeOrder, expressions.sortItems(option.sortItem()), context);
            } else if (context instanceof HiveParser.RowFormatOptionContext option) {
                rowFormat = once(rowFormat, rowFormat(option.rowFormat()), context);
            } else if (context instanceof HiveParser.StoredAsOptionContext option) {
                addStorage(storedAs(option.storedAs()), context);
            } else if (context instanceof HiveParser.StoredByOptionContext option) {
                addStorage(storedBy(option), context);
            } else if (context instanceof HiveParser.LocationOptionContext option) {
                tableLocation = once(tableLocation, source.string(option.stringLiteral()), context);
            } else {
                HiveParser.PropertiesOptionContext option =
                        (HiveParser.PropertiesOptionContext) context;
                properties =
                        once(
                                properties,
                                source.properties(option.tableProperties1().propertyList()),
                                context);
            }
        }

        private <T> T once(T old, T value, ParserRuleContext context) {
            if (old != null) {
                throw SourceText.error(
                        context, "Clause must not be repeated: " + source.textOf(context));
            }
            return value;
        }

        // STORED BY ICEBERG STORED AS ORC names a handler and the format of its files: the handler
        // decides.
        private void addStorage(StorageFormat format, ParserRuleContext context) {
            if (storage instanceof StorageFormat.Handler
                    && !(format instanceof StorageFormat.Handler)) {
                return;
            }
            storage = once(storage, format, context);
        }

        private void addPartitionColumns(HiveParser.PartitionedByOptionContext context) {
            List<ColumnDefinition> typed = new ArrayList<>();
            List<Identifier> names = new ArrayList<>();
            for (HiveParser.PartitionColumnContext column : context.partitionColumn()) {
                if (column.type() == null) {
                    names.add(source.identifier(column.identifier()));
                } else {
                    typed.add(
                            column(
                                    column,
                                    column.identifier(),
                                    column.type(),
                                    column.columnOption()));
                }
            }
            if (!typed.isEmpty() && !names.isEmpty()) {
                throw SourceText.error(context, "Partition columns must all have a type or none");
            }
            partitionColumns = once(partitionColumns, typed, context);
            partitionNames = names;
        }

        private Skew skew(HiveParser.SkewedByOptionContext context) {
            List<List<Expression>> values = new ArrayList<>();
            for (HiveParser.SkewedValueContext value : context.skewedValue()) {
                values.add(value.literal().stream().map(expressions.literals()::literal).toList());
            }
            return new Skew(
                    source.identifiers(context.columnNames()),
                    values,
                    context.KW_DIRECTORIES() != null,
                    source.span(context));
        }

        private StorageFormat storedBy(HiveParser.StoredByOptionContext context) {
            String handler =
                    context.stringLiteral() != null
                            ? source.string(context.stringLiteral())
                            : source.identifier(context.identifier()).name();
            return new StorageFormat.Handler(
                    handler, source.properties(context.propertyList()), source.span(context));
        }

        TableOptions build(SourceSpan span) {
            return new TableOptions(
                    Optional.ofNullable(comment),
                    orEmpty(partitionColumns),
                    partitionNames,
                    orEmpty(partitionTransforms),
                    Optional.ofNullable(bucketing),
                    Optional.ofNullable(skew),
                    orEmpty(writeOrder),
                    Optional.ofNullable(rowFormat),
                    Optional.ofNullable(storage),
                    Optional.ofNullable(tableLocation),
                    orEmpty(properties),
                    span);
        }

        private static <T> List<T> orEmpty(List<T> list) {
            return list == null ? List.of() : list;
        }
    }
}
