package org.skep.functions.compare;

/** The six comparisons. */
enum ComparisonOperator {
    EQUAL(2),
    NOT_EQUAL(5),
    LESS(1),
    LESS_OR_EQUAL(3),
    GREATER(4),
    GREATER_OR_EQUAL(6);

    private final int accepted;

    ComparisonOperator(int accepted) {
        this.accepted = accepted;
    }

    /** The operator of a symbol, or null. */
    static ComparisonOperator of(String symbol) {
        return switch (symbol) {
            case "=", "==" -> EQUAL;
            case "<>", "!=" -> NOT_EQUAL;
            case "<" -> LESS;
            case "<=" -> LESS_OR_EQUAL;
            case ">" -> GREATER;
            case ">=" -> GREATER_OR_EQUAL;
            default -> null;
        };
    }

    /** Whether it holds for operands that compare so. */
    boolean accepts(int comparison) {
        return (accepted >> (Integer.signum(comparison) + 1) & 1) != 0;
    }

    /** The same comparison with its sides changed. */
    ComparisonOperator turned() {
        return switch (this) {
            case EQUAL, NOT_EQUAL -> this;
            case LESS -> GREATER;
            case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
            case GREATER -> LESS;
            case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        };
    }
}
