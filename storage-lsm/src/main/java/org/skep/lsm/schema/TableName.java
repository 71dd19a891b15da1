package org.skep.lsm.schema;

import java.util.regex.Pattern;

/**
 * The name of a table within its namespace. Immutable.
 *
 * @param namespace letters, digits and underscores
 * @param qualifier letters, digits, underscores, hyphens and dots; begins with neither of the last
 *     two
 */
public record TableName(String namespace, String qualifier) implements Comparable<TableName> {
    /** The namespace of tables that are named without one. */
    public static final String DEFAULT_NAMESPACE = "default";

    private static final Pattern NAMESPACE = Pattern.compile("[\\w&&\\p{ASCII}]+");
    private static final Pattern QUALIFIER =
            Pattern.compile("[\\w&&\\p{ASCII}][\\w.\\-&&\\p{ASCII}]*");

    public TableName {
        if (!NAMESPACE.matcher(namespace).matches() || !QUALIFIER.matcher(qualifier).matches()) {
            throw new IllegalArgumentException(
                    "Table name must be letters, digits, _, - and .: "
                            + namespace
                            + ":"
                            + qualifier);
        }
    }

    /** Reads {@code table} or {@code namespace:table}. */
    public static TableName of(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new TableName(DEFAULT_NAMESPACE, text)
                : new TableName(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public int compareTo(TableName other) {
        int order = namespace.compareTo(other.namespace);
        return order != 0 ? order : qualifier.compareTo(other.qualifier);
    }

    @Override
    public String toString() {
        return namespace.equals(DEFAULT_NAMESPACE) ? qualifier : namespace + ":" + qualifier;
    }
}
