package org.skep.parser;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.QualifiedName;
import org.skep.parser.ast.Query;
import org.skep.parser.ast.TypeName;

/**
 * Writes syntax trees as HiveQL in one canonical form: keywords and names in lower case, every
 * operation in parentheses, names quoted only where they must be. Reading the text again gives an
 * equal tree. Stateless.
 */
public final class SqlPrinter {
    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_]*");

    // No reserved words, and yet not names in every place.
    private static final Set<String> UNSAFE =
            Set.of("limit", "offset", "sort", "cluster", "distribute", "default");

    private static final Set<String> RESERVED_FUNCTIONS =
            Set.of(
                    "if",
                    "array",
                    "map",
                    "bigint",
                    "binary",
                    "boolean",
                    "current_date",
                    "current_timestamp",
                    "date",
                    "double",
                    "float",
                    "floor",
                    "grouping",
                    "int",
                    "real",
                    "smallint",
                    "timestamp",
                    "variant");

    private SqlPrinter() {}

    /** The text of an expression. */
    public static String print(Expression expression) {
        return expression.accept(new ExpressionPrinter());
    }

    /** The text of a query. */
    public static String print(Query query) {
        return new QueryPrinter().query(query);
    }

    /** The text of a type, as Hive shows it. */
    public static String print(TypeName type) {
        return type.accept(new TypePrinter());
    }

    /** A literal in single quotes that reads back as {@code value}. */
    public static String quote(String value) {
        return StringEscapes.quote(value);
    }

    /** A name as it must be written. */
    public static String print(Identifier identifier) {
        String name = identifier.name();
        boolean plain =
                PLAIN_NAME.matcher(name).matches()
                        && !Keywords.isReserved(name)
                        && !UNSAFE.contains(name);
        return plain ? name : "`" + name.replace("`", "``") + "`";
    }

    static String names(List<Identifier> names) {
        return names.stream().map(SqlPrinter::print).collect(Collectors.joining(", "));
    }

    static String path(List<Identifier> path) {
        return path.stream().map(SqlPrinter::print).collect(Collectors.joining("."));
    }

    static String functionName(QualifiedName name) {
        boolean plain = name.parts().size() == 1 && RESERVED_FUNCTIONS.contains(name.toString());
        return plain ? name.toString() : path(name.parts());
    }
}
