package org.skep.lsm.filter;

/** How a stored value must compare with a given one. Names are HBase's, sent by its clients. */
public enum CompareOperator {
    LESS,
    LESS_OR_EQUAL,
    EQUAL,
    NOT_EQUAL,
    GREATER_OR_EQUAL,
    GREATER,
    /** Nothing matches. */
    NO_OP;

    /**
     * Whether a stored value matches.
     *
     * @param order how the given value compares with the stored one
     */
    public boolean matches(int order) {
        return switch (this) {
            case LESS -> order > 0;
            case LESS_OR_EQUAL -> order >= 0;
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case GREATER_OR_EQUAL -> order <= 0;
            case GREATER -> order < 0;
            case NO_OP -> false;
        };
    }
}
