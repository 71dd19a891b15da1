package org.skep.functions.text;

import java.net.MalformedURLException;
import java.net.URL;
import java.util.regex.Matcher;

/** Takes URLs apart; keeps the last one. Confined to one thread. */
public final class UrlParts {
    private String source;
    private URL url;

    /** A parser. */
    public UrlParts() {}

    /**
     * A part: PROTOCOL, HOST, PATH, QUERY, REF, FILE, AUTHORITY, USERINFO; null if there is none or
     * the text is no URL.
     */
    public String part(String text, String name) {
        URL parsed = parse(text);
        if (parsed == null) {
            return null;
        }
        return switch (name) {
            case "PROTOCOL" -> parsed.getProtocol();
            case "HOST" -> parsed.getHost();
            case "PATH" -> parsed.getPath();
            case "QUERY" -> parsed.getQuery();
            case "REF" -> parsed.getRef();
            case "FILE" -> parsed.getFile();
            case "AUTHORITY" -> parsed.getAuthority();
            case "USERINFO" -> parsed.getUserInfo();
            default -> null;
        };
    }

    /** The value of a key of the query, which is a regular expression, or null. */
    public String queryValue(String text, String key) {
        String query = part(text, "QUERY");
        if (query == null) {
            return null;
        }
        Matcher matcher = RegexMatcher.pattern("(&|^)" + key + "=([^&]*)").matcher(query);
        return matcher.find() ? matcher.group(2) : null;
    }

    private URL parse(String text) {
        if (!text.equals(source)) {
            source = text;
            try {
                url = new URL(text);
            } catch (MalformedURLException e) {
                url = null;
            }
        }
        return url;
    }
}
