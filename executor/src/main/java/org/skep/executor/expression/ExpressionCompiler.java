package org.skep.executor.expression;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.cast.Casts;
import org.skep.functions.catalogue.FunctionCatalogue;
import org.skep.functions.compare.PredicateKernel;
import org.skep.plan.expression.Expression;
import org.skep.types.DataType;

/**
 * Turns the expressions of a plan into evaluators, once a task. Confined to one thread; so are the
 * evaluators that it makes.
 */
public final class ExpressionCompiler {
    private final FunctionCatalogue functions;
    private final EvalContext context;

    /** A compiler that finds functions in {@code functions}. */
    public ExpressionCompiler(FunctionCatalogue functions, EvalContext context) {
        this.functions = functions;
        this.context = context;
    }

    /** The context that evaluators count damage to. */
    public EvalContext context() {
        return context;
    }

    /** The same in another time zone. */
    public ExpressionCompiler in(ZoneId zone) {
        return new ExpressionCompiler(functions, context.in(zone));
    }

    /** An evaluator of several expressions, which computes what they have in common once. */
    public ProjectionEvaluator projection(List<Expression> expressions) {
        Build build = new Build(true);
        expressions.forEach(build::count);
        ExpressionNode[] nodes = new ExpressionNode[expressions.size()];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = build.node(expressions.get(i));
        }
        return new ProjectionEvaluator(nodes);
    }

    /** An evaluator of a condition. */
    public PredicateEvaluator predicate(Expression condition) {
        return new PredicateEvaluator(new Build(true).predicate(condition));
    }

    /** The indexes of the columns that an expression reads, ascending. */
    public static Set<Integer> columnsOf(Expression expression) {
        Set<Integer> columns = new TreeSet<>();
        addColumns(expression, columns);
        return columns;
    }

    private static void addColumns(Expression expression, Set<Integer> columns) {
        if (expression instanceof Expression.InputColumn column) {
            columns.add(column.index());
        }
        expression.operands().forEach(operand -> addColumns(operand, columns));
    }

    /** Whether equal inputs give equal results, so that evaluating less or more often is right. */
    public boolean isStable(Expression expression) {
        if (expression instanceof Expression.Call call
                && function(call.function()).stability() == ScalarFunction.Stability.ROW) {
            return false;
        }
        return expression.operands().stream().allMatch(this::isStable);
    }

    private ScalarFunction function(String name) {
        return functions
                .scalar(name)
                .orElseThrow(
                        () ->
                                new SkepException(
                                        ErrorCode.FUNCTION_NOT_FOUND,
                                        "Function not found: " + name));
    }

    /** Compiles the expressions of one evaluator. */
    private final class Build implements Expression.Visitor<ExpressionNode> {
        private final boolean overDictionaries;
        private final Map<Expression, Integer> counts = new HashMap<>();
        private final Map<Expression, ExpressionNode> shared = new HashMap<>();

        Build(boolean overDictionaries) {
            this.overDictionaries = overDictionaries;
        }

        /** Counts occurrences of calls that are evaluated for all rows of a batch. */
        void count(Expression expression) {
            boolean everyRow =
                    expression instanceof Expression.Call || expression instanceof Expression.Cast;
            if (everyRow && counts.merge(expression, 1, Integer::sum) == 1) {
                expression.operands().forEach(this::count);
            }
        }

        ExpressionNode node(Expression expression) {
            ExpressionNode known = shared.get(expression);
            if (known != null) {
                return known;
            }
            ExpressionNode node = overOneColumn(expression);
            if (node == null) {
                node = expression.accept(this);
            }
            if (counts.getOrDefault(expression, 0) > 1 && isStable(expression)) {
                node = new SharedNode(node);
                shared.put(expression, node);
            }
            return node;
        }

        private ExpressionNode overOneColumn(Expression expression) {
            Integer column = onlyColumn(expression);
            if (column == null) {
                return null;
            }
            return new DictionaryNode(
                    column,
                    expression.accept(new Build(false)),
                    expression.accept(new Build(false)));
        }

        private Integer onlyColumn(Expression expression) {
            if (!overDictionaries
                    || expression instanceof Expression.InputColumn
                    || expression instanceof Expression.Literal) {
                return null;
            }
            Set<Integer> columns = columnsOf(expression);
            return columns.size() == 1 && isTotal(expression) && isStable(expression)
                    ? columns.iterator().next()
                    : null;
        }

        // Evaluating over values that no row has must have no effect.
        private boolean isTotal(Expression expression) {
            if (expression instanceof Expression.Call call
                    && (call.function().equalsIgnoreCase("assert_true")
                            || call.function().equalsIgnoreCase("raise_error"))) {
                return false;
            }
            return expression.operands().stream().allMatch(this::isTotal);
        }

        private ExpressionNode[] nodes(List<Expression> expressions) {
            return expressions.stream().map(this::node).toArray(ExpressionNode[]::new);
        }

        PredicateNode predicate(Expression expression) {
            if (expression instanceof Expression.And and) {
                return all(and.operands());
            }
            Integer column = onlyColumn(expression);
            if (column != null) {
                return new PredicateNodes.PerDictionary(
                        column,
                        new Build(false).predicateOnRows(expression),
                        new Build(false).predicateOnRows(expression));
            }
            return predicateOnRows(expression);
        }

        private PredicateNode[] predicates(List<Expression> expressions) {
            return expressions.stream().map(this::predicate).toArray(PredicateNode[]::new);
        }

        /** All conditions, where several that bound the same column become one. */
        private PredicateNode all(List<Expression> conditions) {
            Map<Expression, LongRange> ranges = new HashMap<>();
            Map<Expression, Integer> parts = new HashMap<>();
            for (Expression condition : conditions) {
                LongRange range = rangeOf(condition);
                if (range != null) {
                    ranges.merge(range.column(), range, LongRange::and);
                    parts.merge(range.column(), 1, Integer::sum);
                }
            }
            List<PredicateNode> nodes = new ArrayList<>();
            for (Expression condition : conditions) {
                LongRange range = rangeOf(condition);
                if (range == null || parts.get(range.column()) == 1) {
                    nodes.add(predicate(condition));
                } else if (ranges.containsKey(range.column())) {
                    nodes.add(rangeNode(ranges.remove(range.column())));
                }
            }
            return nodes.size() == 1
                    ? nodes.get(0)
                    : new PredicateNodes.All(nodes.toArray(new PredicateNode[0]));
        }

        private PredicateNode rangeNode(LongRange range) {
            int column = ((Expression.InputColumn) range.column()).index();
            PredicateNode onRows = new RangeNode(new InputColumnNode(column), range);
            return overDictionaries
                    ? new PredicateNodes.PerDictionary(
                            column, onRows, new RangeNode(new InputColumnNode(column), range))
                    : onRows;
        }

        private LongRange rangeOf(Expression condition) {
            return condition instanceof Expression.Call call
                    ? LongRange.of(function(call.function()).name(), call.operands())
                    : null;
        }

        private PredicateNode predicateOnRows(Expression expression) {
            if (expression instanceof Expression.And and) {
                return all(and.operands());
            }
            if (expression instanceof Expression.Or or) {
                return new PredicateNodes.Any(predicates(or.operands()));
            }
            if (expression instanceof Expression.InList list) {
                return new PredicateNodes.Membership(
                        new ConstantSet(list.value().type(), list.items()), node(list.value()));
            }
            if (expression instanceof Expression.Call call) {
                PredicateNode special = predicateCall(call);
                if (special != null) {
                    return special;
                }
            }
            return new PredicateNodes.Value(node(expression), true);
        }

        private PredicateNode predicateCall(Expression.Call call) {
            String name = function(call.function()).name();
            if (call.operands().size() == 1) {
                Expression operand = call.operands().get(0);
                if (name.equals("isnull")) {
                    return new PredicateNodes.NullTest(node(operand), true);
                }
                if (name.equals("isnotnull")) {
                    return new PredicateNodes.NullTest(node(operand), false);
                }
                if (name.equals("not") || name.equals("!")) {
                    return negation(operand);
                }
            }
            return PredicateKernels.of(name, call)
                    .<PredicateNode>map(
                            kernel -> new PredicateNodes.Kernel(kernel, nodes(call.operands())))
                    .orElse(null);
        }

        // Operands that see a part of the rows must not overwrite what all rows share.
        private Build apart() {
            return new Build(overDictionaries);
        }

        @Override
        public ExpressionNode inputColumn(Expression.InputColumn expression) {
            return new InputColumnNode(expression.index());
        }

        @Override
        public ExpressionNode literal(Expression.Literal expression) {
            return new LiteralNode(expression.value());
        }

        private PredicateNode negation(Expression operand) {
            if (operand instanceof Expression.Call call) {
                Optional<PredicateKernel> kernel =
                        PredicateKernels.negated(function(call.function()).name());
                if (kernel.isPresent()) {
                    return new PredicateNodes.Kernel(kernel.get(), nodes(call.operands()));
                }
            }
            return new PredicateNodes.Value(node(operand), false);
        }

        @Override
        public ExpressionNode call(Expression.Call expression) {
            ScalarFunction function = function(expression.function());
            List<DataType> types = new ArrayList<>();
            expression.operands().forEach(operand -> types.add(operand.type()));
            return new CallNode(
                    function.kernel(types, expression.type()),
                    nodes(expression.operands()),
                    expression.type(),
                    function.nullInNullOut(),
                    function.stability() == ScalarFunction.Stability.ROW,
                    context);
        }

        @Override
        public ExpressionNode cast(Expression.Cast expression) {
            if (expression.operand().type().equals(expression.type())) {
                return node(expression.operand());
            }
            return new CallNode(
                    Casts.kernel(expression.operand().type(), expression.type()),
                    nodes(List.of(expression.operand())),
                    expression.type(),
                    true,
                    false,
                    context);
        }

        @Override
        public ExpressionNode and(Expression.And expression) {
            return LogicNode.and(apart().nodes(expression.operands()));
        }

        @Override
        public ExpressionNode or(Expression.Or expression) {
            return LogicNode.or(apart().nodes(expression.operands()));
        }

        @Override
        public ExpressionNode conditional(Expression.Case expression) {
            Build apart = apart();
            PredicateNode[] conditions = apart.predicates(expression.conditions());
            ExpressionNode[] results = new ExpressionNode[conditions.length + 1];
            for (int i = 0; i < conditions.length; i++) {
                results[i] = apart.node(expression.results().get(i));
            }
            results[conditions.length] = apart.node(expression.otherwise());
            return new CaseNode(conditions, results, expression.type());
        }

        @Override
        public ExpressionNode coalesce(Expression.Coalesce expression) {
            return new CoalesceNode(apart().nodes(expression.operands()), expression.type());
        }

        @Override
        public ExpressionNode inList(Expression.InList expression) {
            return new MembershipNode(
                    new ConstantSet(expression.value().type(), expression.items()),
                    node(expression.value()));
        }
    }
}
