package org.skep.executor.expression;

import java.util.List;
import java.util.Optional;
import org.skep.functions.compare.Comparisons;
import org.skep.functions.compare.PredicateKernel;
import org.skep.functions.text.StringPredicates;
import org.skep.plan.expression.Expression;
import org.skep.types.DataType;

/** Finds the kernels that select rows themselves. Stateless. */
final class PredicateKernels {
    private PredicateKernels() {}

    /** The kernel for a call of the function of that name, if it has one. */
    static Optional<PredicateKernel> of(String name, Expression.Call call) {
        List<DataType> types = call.operands().stream().map(Expression::type).toList();
        PredicateKernel comparison = types.size() == 2 ? Comparisons.predicate(name, types) : null;
        return comparison != null ? Optional.of(comparison) : StringPredicates.predicate(name);
    }

    /** The kernel for NOT of such a call, if it has one. */
    static Optional<PredicateKernel> negated(String name) {
        return StringPredicates.negatedPredicate(name);
    }
}
