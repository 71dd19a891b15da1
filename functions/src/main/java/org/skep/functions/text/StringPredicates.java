package org.skep.functions.text;

import java.util.Optional;
import org.skep.functions.compare.PredicateKernel;

/** Offers the conditions on texts as filters that yield rows instead of booleans. Stateless. */
public final class StringPredicates {
    private StringPredicates() {}

    /**
     * A new filter for a function of texts and patterns: {@code like}, {@code likeany}, {@code
     * likeall}, {@code rlike} or {@code regexp}. Arguments are those of the function; a NULL among
     * them selects nothing.
     *
     * @return empty if there is no such filter
     */
    public static Optional<PredicateKernel> predicate(String function) {
        return kernel(function).map(kernel -> kernel);
    }

    /** A filter for the rows in which the function is false. */
    public static Optional<PredicateKernel> negatedPredicate(String function) {
        return kernel(function).map(MatchKernel::negated);
    }

    private static Optional<MatchKernel> kernel(String function) {
        return switch (function) {
            case "like", "likeany" -> Optional.of(PatternFunctions.likeKernel());
            case "likeall" -> Optional.of(PatternFunctions.likeAllKernel());
            case "rlike", "regexp" -> Optional.of(PatternFunctions.regexKernel());
            default -> Optional.empty();
        };
    }
}
