package org.skep.functions.table;

import org.skep.functions.text.UrlParts;

/** Takes parts out of URLs; {@code QUERY:key} is one value of the query. Confined to one thread. */
final class UrlTupleKernel extends TupleKernel {
    private static final String KEYED = "QUERY:";

    private final UrlParts parts = new UrlParts();
    private String url;

    @Override
    boolean take(String text) {
        url = text;
        return true;
    }

    @Override
    String part(String name) {
        return name.startsWith(KEYED)
                ? parts.queryValue(url, name.substring(KEYED.length()))
                : parts.part(url, name);
    }
}
