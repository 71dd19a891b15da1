package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.scan.PartitionValues;
import org.skep.engine.session.StatementContext;
import org.skep.engine.session.StatementEvaluation;
import org.skep.metastore.Column;
import org.skep.metastore.Partition;
import org.skep.metastore.PartitionName;
import org.skep.metastore.Table;
import org.skep.parser.ast.BinaryOperator;
import org.skep.parser.ast.PartitionSpec;
import org.skep.parser.ast.PartitionValue;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.NanoTime;

/** Which partitions {@code PARTITION (..)} means. Confined to the statement's thread. */
final class PartitionSpecs {
    private final StatementContext context;
    private final Table table;
    private final PartitionValues values;
    private final LiteralValues literals;

    PartitionSpecs(StatementContext context, Table table) {
        this.context = context;
        this.table = table;
        this.values = new PartitionValues(new StatementEvaluation(context));
        this.literals = new LiteralValues(context);
    }

    /**
     * The value of each partition column as text, null where the specification says none. Values of
     * a column's type are written as that type is.
     *
     * @throws SkepException INVALID_PARTITION_SPEC for a name that is no partition column, a name
     *     that stands twice, an operator other than =, a value that the column cannot hold
     */
    List<String> texts(PartitionSpec spec) {
        requirePartitioned(spec);
        List<String> texts = new ArrayList<>();
        table.partitionColumns().forEach(column -> texts.add(null));
        boolean[] seen = new boolean[texts.size()];
        for (PartitionValue value : spec.values()) {
            int index = index(value);
            if (seen[index]) {
                throw invalid(value, "Partition column must be named once: " + value.column());
            }
            seen[index] = true;
            if (value.value().isEmpty()) {
                continue;
            }
            if (value.operator() != BinaryOperator.EQUAL) {
                throw invalid(value, "Partition value must follow =: " + value.column());
            }
            texts.set(index, text(value, table.partitionColumns().get(index)));
        }
        return texts;
    }

    /** Like {@link #texts}, but every partition column must have a value. */
    List<String> exact(PartitionSpec spec) {
        List<String> texts = texts(spec);
        if (texts.contains(null)) {
            throw new SkepException(
                    ErrorCode.INVALID_PARTITION_SPEC,
                    spec.location(),
                    "Partition spec must name all %d partition columns: %s"
                            .formatted(texts.size(), spec.span().textIn(context.text())));
        }
        return texts;
    }

    /**
     * The partition with exactly these values.
     *
     * @throws SkepException PARTITION_NOT_FOUND
     */
    Partition require(PartitionSpec spec) {
        List<String> exact = exact(spec);
        return find(exact)
                .orElseThrow(
                        () ->
                                new SkepException(
                                        ErrorCode.PARTITION_NOT_FOUND,
                                        spec.location(),
                                        "Partition not found: " + table.partitionName(exact)));
    }

    /** The partition with these values. */
    Optional<Partition> find(List<String> texts) {
        return context.catalogue().catalogue().partition(table, texts);
    }

    /** Accepts the partitions for which all comparisons of the specification are true. */
    Predicate<List<String>> matching(PartitionSpec spec) {
        requirePartitioned(spec);
        Predicate<List<String>> all = texts -> true;
        for (PartitionValue value : spec.values()) {
            int index = index(value);
            if (value.value().isEmpty()) {
                continue;
            }
            DataType type = type(table.partitionColumns().get(index));
            Datum literal = literals.value(value.value().get());
            // What a value cannot be cast to, such as the default partition's name, is compared as
            // text.
            boolean asText =
                    type.kind().isCharacter()
                            || literal.isNull()
                            || PartitionName.DEFAULT_VALUE.equals(literal.value());
            if (asText) {
                String wanted = values.text(literal);
                all = all.and(texts -> holds(value.operator(), texts.get(index).compareTo(wanted)));
            } else {
                Datum wanted = values.cast(literal, type);
                if (wanted.isNull()) {
                    throw wrongType(
                            value,
                            "Partition value must be of type %s: %s"
                                    .formatted(type, values.text(literal)));
                }
                all =
                        all.and(
                                texts -> {
                                    Datum actual = values.typed(type, texts.get(index));
                                    return !actual.isNull()
                                            && holds(
                                                    value.operator(),
                                                    compare(actual.value(), wanted.value()));
                                });
            }
        }
        return all;
    }

    private static boolean holds(BinaryOperator operator, int comparison) {
        return switch (operator) {
            case EQUAL, NULL_SAFE_EQUAL -> comparison == 0;
            case NOT_EQUAL -> comparison != 0;
            case LESS -> comparison < 0;
            case LESS_OR_EQUAL -> comparison <= 0;
            case GREATER -> comparison > 0;
            case GREATER_OR_EQUAL -> comparison >= 0;
            default -> throw new IllegalStateException("No comparison: " + operator);
        };
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object left, Object right) {
        if (left instanceof NanoTime a && right instanceof NanoTime b) {
            return a.compareTo(b);
        }
        return ((Comparator<Object>) (Comparator<?>) Comparator.naturalOrder())
                .compare(left, right);
    }

    private void requirePartitioned(PartitionSpec spec) {
        if (!table.partitioned()) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    spec.location(),
                    "Table is not partitioned: " + table.qualifiedName());
        }
    }

    private int index(PartitionValue value) {
        List<Column> columns = table.partitionColumns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(value.column().name())) {
                return i;
            }
        }
        throw new SkepException(
                ErrorCode.SEMANTIC_ERROR,
                value.location(),
                "Partition column not found: " + value.column());
    }

    private String text(PartitionValue value, Column column) {
        Datum literal = literals.value(value.value().orElseThrow());
        DataType type = type(column);
        if (literal.isNull() || PartitionName.DEFAULT_VALUE.equals(literal.value())) {
            return PartitionName.DEFAULT_VALUE;
        }
        Datum cast = values.cast(literal, type);
        if (cast.isNull()) {
            throw wrongType(
                    value,
                    "Partition value must be of type %s: %s".formatted(type, values.text(literal)));
        }
        return values.text(cast);
    }

    private static DataType type(Column column) {
        return DataType.parse(column.typeName());
    }

    private static SkepException wrongType(PartitionValue value, String message) {
        return new SkepException(ErrorCode.PARTITION_VALUE_TYPE, value.location(), message);
    }

    private static SkepException invalid(PartitionValue value, String message) {
        return new SkepException(ErrorCode.INVALID_PARTITION_SPEC, value.location(), message);
    }
}
