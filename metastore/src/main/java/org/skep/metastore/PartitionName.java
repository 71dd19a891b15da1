package org.skep.metastore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * The names and directories of partitions in Hive's form: {@code k=v} joined by slashes, characters
 * that mean something in paths written as {@code %XX}.
 */
public final class PartitionName {
    /** The value that stands for NULL and for the empty string. */
    public static final String DEFAULT_VALUE = "__HIVE_DEFAULT_PARTITION__";

    private static final String ESCAPED = "\"#%'*/:=?\\{[]^\u007f";

    private PartitionName() {}

    /** The name of the partition with these values, one a column. */
    public static String of(List<Column> partitionColumns, List<String> values) {
        if (partitionColumns.size() != values.size()) {
            throw new IllegalArgumentException(
                    "Partition must have %d values: %s".formatted(partitionColumns.size(), values));
        }
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                name.append('/');
            }
            escape(partitionColumns.get(i).name(), name);
            name.append('=');
            escape(values.get(i).isEmpty() ? DEFAULT_VALUE : values.get(i), name);
        }
        return name.toString();
    }

    /**
     * The values in a partition's name or relative directory.
     *
     * @throws SkepException INVALID_PARTITION_SPEC if it is not in the form {@code k=v/k=v}
     */
    public static List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (String part : name.split("/", -1)) {
            int equals = part.indexOf('=');
            if (equals <= 0) {
                throw new SkepException(
                        ErrorCode.INVALID_PARTITION_SPEC,
                        "Partition name must have the form k=v/k=v: " + name);
            }
            values.add(unescape(part.substring(equals + 1)));
        }
        return values;
    }

    /** One segment with its special characters written as {@code %XX}. */
    public static String escape(String segment) {
        StringBuilder result = new StringBuilder(segment.length());
        escape(segment, result);
        return result.toString();
    }

    private static void escape(String segment, StringBuilder result) {
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if ((c > 0 && c < ' ') || ESCAPED.indexOf(c) >= 0) {
                result.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
            } else {
                result.append(c);
            }
        }
    }

    /** The inverse of {@link #escape(String)}; a percent sign without two digits stays. */
    public static String unescape(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        StringBuilder result = new StringBuilder(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '%' && i + 2 < segment.length()) {
                int high = Character.digit(segment.charAt(i + 1), 16);
                int low = Character.digit(segment.charAt(i + 2), 16);
                if (high >= 0 && low >= 0) {
                    result.append((char) (high * 16 + low));
                    i += 2;
                    continue;
                }
            }
            result.append(c);
        }
        return result.toString();
    }
}
