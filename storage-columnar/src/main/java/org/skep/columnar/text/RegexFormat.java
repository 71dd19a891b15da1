package org.skep.columnar.text;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.storage.BatchSource;
import org.skep.storage.ScanRequest;
import org.skep.storage.Split;
import org.skep.storage.TableLayout;
import org.skep.storage.TableWriter;
import org.skep.types.vector.ColumnVector;

/**
 * Lines whose columns are the groups of the regular expression {@code input.regex}, as Hive's
 * RegexSerDe reads them; a line that does not match is a row of NULLs. Read-only. Stateless; safe
 * for use by many threads.
 */
public final class RegexFormat extends LineFormat {
    @Override
    public String name() {
        return "regex";
    }

    @Override
    public BatchSource open(FileSystem fileSystem, Split split, ScanRequest request) {
        TableLayout layout = request.layout();
        Pattern pattern = pattern(layout);
        Map<String, String> properties = new TreeMap<>(layout.properties());
        properties.remove("escape.delim");
        TextOptions options = TextOptions.of(properties);
        WantedFields wanted = new WantedFields(request, options);
        LineParser parser = new Parser(pattern, wanted);
        return new RowScan(lines(fileSystem, split, request, options), request, parser);
    }

    private static Pattern pattern(TableLayout layout) {
        String regex = layout.properties().get("input.regex");
        if (regex == null) {
            throw new SkepException(
                    ErrorCode.INVALID_OPTION,
                    "This table does not have serde property \"input.regex\"!");
        }
        boolean ignoresCase =
                "true".equalsIgnoreCase(layout.properties().get("input.regex.case.insensitive"));
        Pattern pattern;
        try {
            pattern =
                    Pattern.compile(
                            regex, Pattern.DOTALL | (ignoresCase ? Pattern.CASE_INSENSITIVE : 0));
        } catch (PatternSyntaxException e) {
            throw new SkepException(ErrorCode.INVALID_OPTION, "Invalid input.regex: " + regex, e);
        }
        if (pattern.matcher("").groupCount() != layout.columns().size()) {
            throw new SkepException(
                    ErrorCode.INVALID_OPTION,
                    "Number of matching groups doesn't match the number of columns");
        }
        return pattern;
    }

    @Override
    public TableWriter create(
            FileSystem fileSystem,
            String path,
            TableLayout layout,
            ZoneId zone,
            MemoryPool memory) {
        throw new SkepException(
                ErrorCode.NOT_SUPPORTED, "Regex SerDe doesn't support the serialize() method");
    }

    private static final class Parser implements LineParser {
        private final Matcher matcher;
        private final WantedFields wanted;

        Parser(Pattern pattern, WantedFields wanted) {
            matcher = pattern.matcher("");
            this.wanted = wanted;
        }

        @Override
        public int parse(byte[] data, int start, int length, ColumnVector[] columns, int row) {
            matcher.reset(new String(data, start, length, StandardCharsets.UTF_8));
            if (!matcher.matches()) {
                wanted.putNulls(0, columns, row);
                return 1;
            }
            int damage = 0;
            for (int i = 0; i <= wanted.highest(); i++) {
                if (wanted.wants(i)) {
                    String group = matcher.group(i + 1);
                    damage +=
                            group == null ? putNull(i, columns, row) : put(i, group, columns, row);
                }
            }
            return damage;
        }

        private int putNull(int field, ColumnVector[] columns, int row) {
            wanted.putNull(field, columns, row);
            return 0;
        }

        private int put(int field, String group, ColumnVector[] columns, int row) {
            byte[] bytes = group.getBytes(StandardCharsets.UTF_8);
            return wanted.put(field, bytes, 0, bytes.length, columns, row);
        }
    }
}
