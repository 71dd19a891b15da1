package org.skep.functions.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hive's path into a JSON text: {@code $}, then members {@code .name}, each with any number of
 * {@code [index]} or {@code [*]}. A name applied to an array is applied to each of its objects, and
 * the arrays among the results are poured out. Immutable.
 */
final class JsonPath {
    private static final Pattern NAME = Pattern.compile("^([a-zA-Z0-9_\\-:\\s]+).*");
    private static final Pattern INDEX = Pattern.compile("\\[([0-9]+|\\*)\\]");
    private static final int ALL = -1;

    // name is null for steps that only index
    private record Step(String name, List<Integer> indexes) {}

    private final boolean whole;
    private final boolean array;
    private final List<Step> steps;

    private JsonPath(boolean whole, boolean array, List<Step> steps) {
        this.whole = whole;
        this.array = array;
        this.steps = steps;
    }

    /** Compiles a path; null if it is none. */
    static JsonPath compile(String path) {
        if (path.isEmpty() || path.charAt(0) != '$') {
            return null;
        }
        int first = 1;
        boolean array = false;
        if (path.length() > 1) {
            if (path.charAt(1) == '[') {
                first = 0;
                array = true;
            } else if (path.charAt(1) == '.') {
                array = path.length() > 2 && path.charAt(2) == '[';
            } else {
                return null;
            }
        }
        String[] parts = path.split("\\.", -1);
        List<Step> steps = new ArrayList<>();
        for (int i = first; i < parts.length; i++) {
            String name = null;
            if (!(array && i == first)) {
                Matcher matcher = NAME.matcher(parts[i]);
                if (!matcher.matches()) {
                    return null;
                }
                name = matcher.group(1);
            }
            steps.add(new Step(name, indexes(parts[i])));
        }
        return new JsonPath(path.equals("$"), array, steps);
    }

    private static List<Integer> indexes(String part) {
        List<Integer> indexes = new ArrayList<>();
        Matcher matcher = INDEX.matcher(part);
        while (matcher.find()) {
            String index = matcher.group(1);
            boolean tooLong = index.length() > 9;
            indexes.add(
                    index.equals("*")
                            ? ALL
                            : tooLong ? Integer.MAX_VALUE : Integer.parseInt(index));
        }
        return indexes;
    }

    /** What the path leads to in a text; null if that is nothing. */
    String find(String text) {
        Object value;
        if (whole) {
            value = JsonText.value(text);
            value = value instanceof List || value instanceof Map ? value : null;
        } else {
            value = array ? JsonText.array(text) : JsonText.object(text);
        }
        for (Step step : steps) {
            if (value == null) {
                return null;
            }
            if (step.name != null) {
                value = member(value, step.name);
            }
            if (!step.indexes.isEmpty()) {
                value = items(value, step.indexes);
            }
        }
        return JsonText.show(value);
    }

    private static Object member(Object value, String name) {
        if (value instanceof Map<?, ?> members) {
            return members.get(name);
        }
        if (!(value instanceof List<?> items)) {
            return null;
        }
        List<Object> found = new ArrayList<>();
        for (Object item : items) {
            Object inner = item instanceof Map<?, ?> members ? members.get(name) : null;
            if (inner instanceof List<?> list) {
                found.addAll(list);
            } else if (inner != null) {
                found.add(inner);
            }
        }
        return found.isEmpty() ? null : found;
    }

    private static Object items(Object value, List<Integer> indexes) {
        List<Object> found = new ArrayList<>();
        found.add(value);
        for (int index : indexes) {
            List<Object> next = new ArrayList<>();
            for (Object candidate : found) {
                if (candidate instanceof List<?> list) {
                    if (index == ALL) {
                        next.addAll(list);
                    } else if (index < list.size()) {
                        next.add(list.get(index));
                    }
                }
            }
            if (next.isEmpty()) {
                return null;
            }
            found = next;
        }
        return found.size() == 1 ? found.get(0) : found;
    }
}
