package org.skep.parser;

import java.util.List;
import java.util.Optional;
import org.skep.grammar.HiveParser;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.FrameBound;
import org.skep.parser.ast.SortItem;
import org.skep.parser.ast.WindowFrame;
import org.skep.parser.ast.WindowSpec;

/** Builds windows. Confined to one thread. */
final class WindowBuilder {
    private final SourceText source;
    private final ExpressionBuilder expressions;

    WindowBuilder(SourceText source, ExpressionBuilder expressions) {
        this.source = source;
        this.expressions = expressions;
    }

    WindowSpec windowSpec(HiveParser.WindowSpecificationContext context) {
        if (context.identifier() != null) {
            return new WindowSpec(
                    Optional.of(source.identifier(context.identifier())),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    source.span(context));
        }
        List<Expression> partition =
                context.windowPartition() == null
                        ? List.of()
                        : ExpressionBuilder.unwrapped(
                                expressions.expressions(context.windowPartition().expression()));
        List<SortItem> order =
                context.windowOrder() == null
                        ? List.of()
                        : expressions.sortItems(context.windowOrder().sortItem());
        if (context.windowPartition() != null && context.windowPartition().KW_CLUSTER() != null) {
            order = partition.stream().map(WindowBuilder::ascending).toList();
        }
        return new WindowSpec(
                Optional.ofNullable(context.aliasIdentifier()).map(source::identifier),
                partition,
                order,
                Optional.ofNullable(context.windowFrame()).map(this::frame),
                source.span(context));
    }

    private static SortItem ascending(Expression expression) {
        return new SortItem(
                expression, SortItem.Direction.ASCENDING, Optional.empty(), expression.span());
    }

    private WindowFrame frame(HiveParser.WindowFrameContext context) {
        return new WindowFrame(
                context.KW_ROWS() != null ? WindowFrame.Unit.ROWS : WindowFrame.Unit.RANGE,
                bound(context.start),
                Optional.ofNullable(context.end).map(this::bound),
                source.span(context));
    }

    private FrameBound bound(HiveParser.FrameBoundContext context) {
        boolean before = context.KW_PRECEDING() != null;
        FrameBound.Kind kind;
        if (context.KW_CURRENT() != null) {
            kind = FrameBound.Kind.CURRENT_ROW;
        } else if (context.KW_UNBOUNDED() != null) {
            kind =
                    before
                            ? FrameBound.Kind.UNBOUNDED_PRECEDING
                            : FrameBound.Kind.UNBOUNDED_FOLLOWING;
        } else {
            kind = before ? FrameBound.Kind.PRECEDING : FrameBound.Kind.FOLLOWING;
        }
        return new FrameBound(
                kind,
                Optional.ofNullable(context.bitOrExpression()).map(expressions::bitOr),
                source.span(context));
    }
}
