package org.skep.functions.table;

import java.util.Map;
import org.skep.functions.json.JsonText;

/** Takes members out of JSON objects. Confined to one thread. */
final class JsonTupleKernel extends TupleKernel {
    private Map<?, ?> members;

    @Override
    boolean take(String text) {
        members = JsonText.object(text);
        return members != null;
    }

    @Override
    String part(String name) {
        return JsonText.show(members.get(name));
    }
}
