package org.skep.engine.catalog;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.skep.metastore.Table;

/** The patterns of SHOW .. LIKE and of metadata calls. Stateless. */
public final class SqlPattern {
    private SqlPattern() {}

    /**
     * What a pattern accepts, in any case: {@code %} stands for any characters, {@code _} for one,
     * a backslash takes away their meaning. Null accepts all.
     */
    public static Predicate<String> of(String pattern) {
        if (pattern == null || pattern.equals("%")) {
            return name -> true;
        }
        StringBuilder regex = new StringBuilder();
        boolean escaped = false;
        for (char c : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
            if (!escaped && c == '\\') {
                escaped = true;
                continue;
            }
            if (!escaped && c == '%') {
                regex.append(".*");
            } else if (!escaped && c == '_') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
            escaped = false;
        }
        Pattern compiled = Pattern.compile(regex.toString(), Pattern.DOTALL);
        return name -> compiled.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** The kind of a table in Hive's word. */
    public static String tableType(Table table) {
        return switch (table.kind()) {
            case MANAGED -> "MANAGED_TABLE";
            case EXTERNAL -> "EXTERNAL_TABLE";
            case VIEW -> "VIRTUAL_VIEW";
        };
    }
}
