package org.skep.types;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/** Reads type names by recursive descent. Confined to one thread and one name. */
final class TypeNameParser {
    private final String text;
    private int at;

    TypeNameParser(String text) {
        this.text = text;
    }

    DataType parse() {
        DataType type = type();
        skipBlanks();
        if (at < text.length()) {
            throw invalid();
        }
        return type;
    }

    private DataType type() {
        String word = word().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "void", "null" -> DataType.VOID;
            case "boolean" -> DataType.BOOLEAN;
            case "tinyint", "byte" -> DataType.TINYINT;
            case "smallint", "short" -> DataType.SMALLINT;
            case "int", "integer" -> DataType.INT;
            case "bigint", "long" -> DataType.BIGINT;
            case "float", "real" -> DataType.FLOAT;
            case "double" -> {
                skipWord("precision");
                yield DataType.DOUBLE;
            }
            case "string" -> DataType.STRING;
            case "binary" -> DataType.BINARY;
            case "date" -> DataType.DATE;
            case "timestamp" -> skipWord("with") ? localTimestamp() : DataType.TIMESTAMP;
            case "timestamplocaltz" -> DataType.TIMESTAMP_LOCAL_TZ;
            case "interval_year_month" -> DataType.INTERVAL_YEAR_MONTH;
            case "interval_day_time" -> DataType.INTERVAL_DAY_TIME;
            case "decimal", "dec", "numeric" -> decimal();
            case "char" -> new CharType(length(1));
            case "varchar" -> new VarcharType(length(VarcharType.MAX_LENGTH));
            case "array" -> array();
            case "map" -> map();
            case "struct" -> struct();
            case "uniontype" -> union();
            default -> throw invalid();
        };
    }

    private DataType localTimestamp() {
        if (!skipWord("local") || !skipWord("time") || !skipWord("zone")) {
            throw invalid();
        }
        return DataType.TIMESTAMP_LOCAL_TZ;
    }

    private DataType decimal() {
        int precision = 10;
        int scale = 0;
        if (skip('(')) {
            precision = number();
            if (skip(',')) {
                scale = number();
            }
            require(')');
        }
        return new DecimalType(precision, scale);
    }

    private int length(int ifAbsent) {
        if (!skip('(')) {
            return ifAbsent;
        }
        int length = number();
        require(')');
        return length;
    }

    private DataType array() {
        require('<');
        DataType element = type();
        require('>');
        return new ListType(element);
    }

    private DataType map() {
        require('<');
        DataType key = type();
        require(',');
        DataType value = type();
        require('>');
        return new MapType(key, value);
    }

    private DataType struct() {
        List<StructType.Field> fields = new ArrayList<>();
        require('<');
        do {
            String name = fieldName();
            require(':');
            fields.add(new StructType.Field(name.toLowerCase(Locale.ROOT), type()));
        } while (skip(','));
        require('>');
        return new StructType(fields);
    }

    private DataType union() {
        List<DataType> alternatives = new ArrayList<>();
        require('<');
        do {
            alternatives.add(type());
        } while (skip(','));
        require('>');
        return new UnionType(alternatives);
    }

    private String fieldName() {
        skipBlanks();
        int start = at;
        if (at < text.length() && text.charAt(at) == '`') {
            int end = text.indexOf('`', at + 1);
            if (end < 0) {
                throw invalid();
            }
            at = end + 1;
            return text.substring(start + 1, end);
        }
        while (at < text.length() && text.charAt(at) != ':') {
            at++;
        }
        return text.substring(start, at).trim();
    }

    private String word() {
        skipBlanks();
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    private int number() {
        try {
            return Integer.parseInt(word());
        } catch (NumberFormatException e) {
            throw invalid();
        }
    }

    private boolean skipWord(String wanted) {
        int before = at;
        if (word().equalsIgnoreCase(wanted)) {
            return true;
        }
        at = before;
        return false;
    }

    private boolean skip(char wanted) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void require(char wanted) {
        if (!skip(wanted)) {
            throw invalid();
        }
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private SkepException invalid() {
        return new SkepException(ErrorCode.INVALID_TYPE, "Type not found: " + text);
    }
}
