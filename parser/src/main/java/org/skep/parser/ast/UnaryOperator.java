package org.skep.parser.ast;

/** An operator before its operand. */
public enum UnaryOperator {
    PLUS("+"),
    MINUS("-"),
    BIT_NOT("~"),
    NOT("not");

    private final String symbol;

    UnaryOperator(String symbol) {
        this.symbol = symbol;
    }

    /** The operator as it is printed. */
    public String symbol() {
        return symbol;
    }
}
