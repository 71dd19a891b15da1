package org.skep.functions.sql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.skep.functions.api.Argument;
import org.skep.functions.coerce.TypeRules;
import org.skep.types.DataType;
import org.skep.types.Datum;

/**
 * Reads and computes expressions of literals, operators, calls and casts, with Hive's precedence.
 * Confined to one thread and one expression.
 */
public final class Evaluator {
    private static final Set<String> COMPARISONS =
            Set.of("=", "==", "<>", "!=", "<", "<=", ">", ">=", "<=>");

    private final String text;
    private final Calls calls;
    private int at;
    private boolean typesOnly;

    private Evaluator(String text, Calls calls) {
        this.text = text;
        this.calls = calls;
    }

    /** The value of an expression. */
    public static Datum evaluate(String text, Calls calls) {
        Evaluator evaluator = new Evaluator(text, calls);
        Datum value = evaluator.or();
        evaluator.blanks();
        if (evaluator.at != text.length()) {
            throw new IllegalArgumentException(
                    "Cannot read at %d: %s".formatted(evaluator.at, text));
        }
        return value;
    }

    private Datum call(String name, Datum... values) {
        if (typesOnly && TYPED_UNKNOWN.contains(name)) {
            List<Argument> arguments = new ArrayList<>();
            for (Datum value : values) {
                arguments.add(Argument.of(value.type()));
            }
            return Datum.nullOf(calls.type(name, arguments));
        }
        return calls.call(name, List.of(values));
    }

    private static final Set<String> TYPED_UNKNOWN = Set.of("+", "-", "*", "/", "%", "pmod");

    private Datum or() {
        Datum left = and();
        while (word("or")) {
            left = call("or", left, and());
        }
        return left;
    }

    private Datum and() {
        Datum left = not();
        while (word("and")) {
            left = call("and", left, not());
        }
        return left;
    }

    private Datum not() {
        return word("not") ? call("not", not()) : nullTest();
    }

    private Datum nullTest() {
        Datum left = equality();
        while (word("is")) {
            boolean negated = word("not");
            if (word("null")) {
                left = call(negated ? "isnotnull" : "isnull", left);
            } else {
                boolean wanted = word("true");
                if (!wanted) {
                    word("false");
                }
                left = call((negated ? "isnot" : "is") + wanted, left);
            }
        }
        return left;
    }

    private Datum equality() {
        Datum left = similar();
        while (true) {
            String operator = operator("<=>", "==", "=", "<>", "!=");
            if (operator == null) {
                return left;
            }
            left = compare(operator, left, similar());
        }
    }

    private Datum compare(String operator, Datum left, Datum right) {
        if (COMPARISONS.contains(operator)) {
            TypeRules.checkSafeComparison(left.type(), right.type(), true);
        }
        return call(operator, left, right);
    }

    private Datum similar() {
        Datum left = bits("|");
        while (true) {
            boolean negated = word("not");
            Datum result;
            if (word("in")) {
                List<Datum> values = new ArrayList<>(List.of(left));
                values.addAll(list());
                result = calls.call("in", values);
            } else if (word("between")) {
                Datum low = bits("|");
                word("and");
                result = call("between", Datum.ofBoolean(false), left, low, bits("|"));
            } else {
                String name = firstWord("like", "rlike", "regexp");
                if (name != null) {
                    String quantifier = firstWord("any", "all");
                    if (quantifier == null) {
                        result = call(name, left, bits("|"));
                    } else {
                        List<Datum> values = new ArrayList<>(List.of(left));
                        values.addAll(list());
                        result = calls.call(name + quantifier, values);
                    }
                } else {
                    boolean equality = text.startsWith("<=>", at) || text.startsWith("<>", at);
                    String operator = equality ? null : operator("<=", ">=", "<", ">");
                    if (operator == null || negated) {
                        return left;
                    }
                    result = compare(operator, left, bits("|"));
                }
            }
            left = negated ? call("not", result) : result;
        }
    }

    private Datum bits(String symbol) {
        Datum left = symbol.equals("|") ? bits("&") : concatenation();
        while (true) {
            blanks();
            boolean found = text.startsWith(symbol, at) && !text.startsWith("||", at);
            if (!found) {
                return left;
            }
            at++;
            left = call(symbol, left, symbol.equals("|") ? bits("&") : concatenation());
        }
    }

    private Datum concatenation() {
        Datum left = sum();
        while (operator("||") != null) {
            left = call("concat", left, sum());
        }
        return left;
    }

    private Datum sum() {
        Datum left = product();
        while (true) {
            String operator = operator("+", "-");
            if (operator == null) {
                return left;
            }
            left = call(operator, left, product());
        }
    }

    private Datum product() {
        Datum left = power();
        while (true) {
            String operator = operator("*", "/", "%");
            if (operator == null) {
                if (!word("div")) {
                    return left;
                }
                operator = "div";
            }
            left = call(operator, left, power());
        }
    }

    private Datum power() {
        Datum left = unary();
        while (operator("^") != null) {
            left = call("^", left, unary());
        }
        return left;
    }

    private Datum unary() {
        String operator = operator("-", "+", "~");
        if (operator == null) {
            return postfix();
        }
        Datum operand = unary();
        return switch (operator) {
            case "-" -> calls.call("negative", List.of(operand));
            case "+" -> calls.call("positive", List.of(operand));
            default -> calls.call("~", List.of(operand));
        };
    }

    private Datum postfix() {
        Datum value = primary();
        while (peek('[') || peek('.')) {
            if (text.charAt(at++) == '[') {
                Datum index = or();
                require(']');
                value = call("index", value, index);
            } else {
                String field = identifier();
                int position = ((org.skep.types.StructType) value.type()).indexOf(field);
                value = call("struct_field", value, Datum.ofInt(position));
            }
        }
        return value;
    }

    private List<Datum> list() {
        List<Datum> values = new ArrayList<>();
        require('(');
        blanks();
        while (!peek(')')) {
            values.add(or());
            if (peek(',')) {
                at++;
            }
        }
        at++;
        return values;
    }

    private Datum primary() {
        blanks();
        char c = text.charAt(at);
        if (c == '(') {
            at++;
            Datum value = or();
            require(')');
            return value;
        }
        if (c == '\'' || c == '"') {
            StringBuilder value = new StringBuilder(string());
            while (peek('\'')) {
                value.append(string());
            }
            return Datum.ofString(value.toString());
        }
        if (Character.isDigit(c)) {
            return number();
        }
        String symbol = operator("<=>", "<>", "<=", ">=", "!=", "!");
        if (symbol != null) {
            return calls.call(symbol, list());
        }
        return named(identifier());
    }

    private Datum named(String name) {
        if (name.equals("null")) {
            return Datum.nullOf(DataType.VOID);
        }
        if ((name.equals("true") || name.equals("false")) && !peek('(')) {
            return Datum.ofBoolean(name.equals("true"));
        }
        if ((name.equals("date") || name.equals("timestamp")) && peek('\'')) {
            return literal(string(), DataType.parse(name));
        }
        if (name.equals("interval")) {
            return interval();
        }
        if (name.equals("case")) {
            return cases();
        }
        if (name.equals("cast")) {
            return cast();
        }
        if (name.equals("extract")) {
            require('(');
            String part = identifier();
            word("from");
            Datum value = or();
            require(')');
            return call(part, value);
        }
        if (name.equals("typeof")) {
            boolean outer = typesOnly;
            typesOnly = true;
            Datum result = calls.call(name, list());
            typesOnly = outer;
            return result;
        }
        if (name.equals("floor")) {
            int start = at;
            require('(');
            Datum value = or();
            if (word("to")) {
                String unit = identifier();
                require(')');
                return call("floor_" + unit, value);
            }
            at = start;
        }
        return calls.call(name, list());
    }

    private Datum literal(String value, DataType type) {
        Datum datum = calls.cast(Datum.ofString(value), type);
        if (datum.isNull()) {
            throw new IllegalArgumentException("Unable to convert time literal: " + value);
        }
        return datum;
    }

    private Datum interval() {
        blanks();
        String value = peek('\'') ? string() : identifier();
        String unit = identifier();
        if (word("to")) {
            identifier();
            boolean months = unit.equals("year");
            return literal(
                    value, months ? DataType.INTERVAL_YEAR_MONTH : DataType.INTERVAL_DAY_TIME);
        }
        return switch (unit) {
            case "year", "years" -> literal(value + "-0", DataType.INTERVAL_YEAR_MONTH);
            case "month", "months" -> literal("0-" + value, DataType.INTERVAL_YEAR_MONTH);
            case "day", "days" -> literal(value + " 0:0:0", DataType.INTERVAL_DAY_TIME);
            default -> literal("0 0:0:" + value, DataType.INTERVAL_DAY_TIME);
        };
    }

    private Datum cases() {
        List<Datum> values = new ArrayList<>();
        if (peek('(')) {
            return calls.call("case", list());
        }
        boolean searched = word("when");
        if (!searched) {
            values.add(or());
            word("when");
        }
        do {
            values.add(or());
            word("then");
            values.add(or());
        } while (word("when"));
        if (word("else")) {
            values.add(or());
        }
        word("end");
        return calls.call(searched ? "when" : "case", values);
    }

    private Datum cast() {
        require('(');
        Datum value = or();
        word("as");
        int depth = 1;
        int start = at;
        while (depth > 0) {
            char c = text.charAt(at++);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return calls.cast(value, DataType.parse(text.substring(start, at - 1).trim()));
    }

    private Datum number() {
        int start = at;
        while (at < text.length()
                && (Character.isDigit(text.charAt(at))
                        || text.charAt(at) == '.'
                        || (Character.toLowerCase(text.charAt(at)) == 'e'
                                && at + 1 < text.length()
                                && (Character.isDigit(text.charAt(at + 1))
                                        || text.charAt(at + 1) == '-'))
                        || (text.charAt(at) == '-'
                                && Character.toLowerCase(text.charAt(at - 1)) == 'e'))) {
            at++;
        }
        String digits = text.substring(start, at);
        String suffix = "";
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            suffix += text.charAt(at++);
        }
        return switch (suffix.toUpperCase(Locale.ROOT)) {
            case "L" -> Datum.ofLong(Long.parseLong(digits));
            case "S" -> new Datum(DataType.SMALLINT, Long.parseLong(digits));
            case "Y" -> new Datum(DataType.TINYINT, Long.parseLong(digits));
            case "D" -> Datum.ofDouble(Double.parseDouble(digits));
            case "BD" -> decimal(digits);
            default -> {
                if (digits.toLowerCase(Locale.ROOT).contains("e")) {
                    yield Datum.ofDouble(Double.parseDouble(digits));
                }
                BigDecimal value = new BigDecimal(digits);
                if (digits.contains(".") || value.precision() > 19) {
                    yield decimal(digits);
                }
                long integer = value.longValueExact();
                yield integer == (int) integer ? Datum.ofInt((int) integer) : Datum.ofLong(integer);
            }
        };
    }

    private static Datum decimal(String digits) {
        BigDecimal value = TypeRules.trimmed(new BigDecimal(digits));
        return new Datum(TypeRules.literalType(value), value);
    }

    private String string() {
        char quote = text.charAt(at++);
        StringBuilder value = new StringBuilder();
        while (text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c != '\\') {
                value.append(c);
                continue;
            }
            c = text.charAt(at++);
            if (c == 'u') {
                value.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                at += 4;
            } else if (Character.isDigit(c)) {
                value.append((char) Integer.parseInt(text.substring(at - 1, at + 2), 8));
                at += 2;
            } else if (c == 't' || c == 'n') {
                value.append(c == 't' ? '\t' : '\n');
            } else {
                value.append(c == '%' || c == '_' ? "\\" + c : "" + c);
            }
        }
        at++;
        return value.toString();
    }

    private String identifier() {
        blanks();
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (at == start) {
            throw new IllegalArgumentException("Cannot read at %d: %s".formatted(at, text));
        }
        return text.substring(start, at).toLowerCase(Locale.ROOT);
    }

    private boolean word(String wanted) {
        blanks();
        int end = at + wanted.length();
        boolean found =
                text.regionMatches(true, at, wanted, 0, wanted.length())
                        && (end == text.length()
                                || !(Character.isLetterOrDigit(text.charAt(end))
                                        || text.charAt(end) == '_'));
        at = found ? end : at;
        return found;
    }

    private String firstWord(String... words) {
        for (String candidate : words) {
            if (word(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private String operator(String... symbols) {
        blanks();
        for (String symbol : symbols) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                return symbol;
            }
        }
        return null;
    }

    private boolean peek(char wanted) {
        blanks();
        return at < text.length() && text.charAt(at) == wanted;
    }

    private void require(char wanted) {
        if (!peek(wanted)) {
            throw new IllegalArgumentException("Expected %s at %d: %s".formatted(wanted, at, text));
        }
        at++;
    }

    private void blanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
