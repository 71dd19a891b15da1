package org.skep.parser.ast;

/** An associative operator, whose chains are flat. */
public enum ChainOperator {
    OR("or"),
    AND("and"),
    ADD("+"),
    CONCAT("||");

    private final String symbol;

    ChainOperator(String symbol) {
        this.symbol = symbol;
    }

    /** The operator as it is printed. */
    public String symbol() {
        return symbol;
    }
}
