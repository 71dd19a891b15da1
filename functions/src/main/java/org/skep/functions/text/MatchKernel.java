package org.skep.functions.text;

import java.util.Arrays;
import java.util.function.Function;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.call.BytesArgument;
import org.skep.functions.compare.PredicateKernel;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.Selection;

/**
 * Tells whether texts match any or all of one or more patterns. Patterns are compiled when they
 * first come, and again only when they change. Confined to one thread.
 */
final class MatchKernel implements ScalarKernel, PredicateKernel {
    private final Function<byte[], TextMatcher> compiler;
    private final boolean all;
    private final boolean wanted;
    private byte[][] sources = new byte[0][];
    private TextMatcher[] matchers = new TextMatcher[0];

    private MatchKernel(Function<byte[], TextMatcher> compiler, boolean all, boolean wanted) {
        this.compiler = compiler;
        this.all = all;
        this.wanted = wanted;
    }

    /** Matches if any pattern does. */
    static MatchKernel any(Function<byte[], TextMatcher> compiler) {
        return new MatchKernel(compiler, false, true);
    }

    /** Matches if all patterns do. */
    static MatchKernel all(Function<byte[], TextMatcher> compiler) {
        return new MatchKernel(compiler, true, true);
    }

    /** As a predicate, selects the rows that do not match. */
    MatchKernel negated() {
        return new MatchKernel(compiler, all, !wanted);
    }

    @Override
    public void evaluate(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        BytesArgument texts = BytesArgument.of(arguments[0]);
        BytesArgument[] patterns = patterns(arguments);
        boolean[] result = ((BooleanVector) out).values();
        for (int k = 0; k < selection.count(); k++) {
            if ((k & 255) == 255) {
                context.cancelFlag().check();
            }
            int row = selection.position(k);
            result[row] = matches(texts, patterns, row);
        }
    }

    @Override
    public Selection select(ColumnVector[] arguments, Selection in) {
        for (ColumnVector argument : arguments) {
            if (argument instanceof ConstantVector constant && constant.isNull()) {
                return Selection.of(new int[0], 0);
            }
        }
        BytesArgument texts = BytesArgument.of(arguments[0]);
        BytesArgument[] patterns = patterns(arguments);
        int[] kept = new int[in.count()];
        int count = 0;
        boolean nullable = false;
        for (ColumnVector argument : arguments) {
            nullable |= argument.mayHaveNulls();
        }
        for (int k = 0; k < in.count(); k++) {
            int row = in.position(k);
            if (nullable && anyNull(arguments, row)) {
                continue;
            }
            kept[count] = row;
            count += matches(texts, patterns, row) == wanted ? 1 : 0;
        }
        return count == in.count() ? in : Selection.of(kept, count);
    }

    private static boolean anyNull(ColumnVector[] arguments, int row) {
        for (ColumnVector argument : arguments) {
            if (argument.isNull(row)) {
                return true;
            }
        }
        return false;
    }

    // Only the patterns that are not constant; constant ones are compiled here.
    private BytesArgument[] patterns(ColumnVector[] arguments) {
        int count = arguments.length - 1;
        if (matchers.length != count) {
            matchers = new TextMatcher[count];
            sources = new byte[count][];
        }
        BytesArgument[] patterns = new BytesArgument[count];
        for (int i = 0; i < count; i++) {
            BytesArgument pattern = BytesArgument.of(arguments[i + 1]);
            if (pattern.isConstant() && !pattern.isNull(0)) {
                prepare(i, pattern, 0);
            } else {
                patterns[i] = pattern;
            }
        }
        return patterns;
    }

    private boolean matches(BytesArgument texts, BytesArgument[] patterns, int row) {
        byte[] data = texts.data();
        int start = texts.start(row);
        int length = texts.length(row);
        for (int i = 0; i < patterns.length; i++) {
            if (patterns[i] != null) {
                prepare(i, patterns[i], row);
            }
            if (matchers[i].matches(data, start, length) != all) {
                return !all;
            }
        }
        return all;
    }

    private void prepare(int i, BytesArgument pattern, int row) {
        int start = pattern.start(row);
        int end = start + pattern.length(row);
        byte[] known = sources[i];
        if (known == null || !Arrays.equals(known, 0, known.length, pattern.data(), start, end)) {
            sources[i] = Arrays.copyOfRange(pattern.data(), start, end);
            matchers[i] = compiler.apply(sources[i]);
        }
    }
}
