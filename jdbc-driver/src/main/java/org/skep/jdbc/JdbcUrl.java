package org.skep.jdbc;

import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A parsed URL: {@code jdbc:skep:PATH[;key=value]...[?setting=value[;...]][#variable=value[;...]]}.
 *
 * <p>PATH is a directory, absolute or relative to the working directory. After it come settings of
 * the connection ({@code database} or {@code db}, {@code user}, {@code password}, {@code
 * fetchSize}; others are handed to the warehouse), after {@code ?} Hive settings and after {@code
 * #} substitution variables. What the URL says goes before what the properties say; among these
 * {@code hiveconf:NAME} and {@code hivevar:NAME} set settings and variables. Immutable.
 */
final class JdbcUrl {
    static final String PREFIX = "jdbc:skep:";
    static final String DATABASE = "database";
    static final String USER = "user";
    static final String PASSWORD = "password";
    static final String FETCH_SIZE = "fetchSize";

    private static final String HIVECONF = "hiveconf:";
    private static final String HIVEVAR = "hivevar:";

    private final String text;
    private final String path;
    private final Map<String, String> options;
    private final Map<String, String> settings;
    private final Map<String, String> variables;

    private JdbcUrl(
            String text,
            String path,
            Map<String, String> options,
            Map<String, String> settings,
            Map<String, String> variables) {
        this.text = text;
        this.path = path;
        this.options = Collections.unmodifiableMap(options);
        this.settings = Collections.unmodifiableMap(settings);
        this.variables = Collections.unmodifiableMap(variables);
    }

    /** Whether the URL is one for this driver, well-formed or not. */
    static boolean accepts(String url) {
        return url != null && url.startsWith(PREFIX);
    }

    /** Parses a URL that {@link #accepts} takes, together with the caller's properties. */
    static JdbcUrl parse(String url, Properties properties) throws SQLException {
        String rest = url.substring(PREFIX.length());
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, String> variables = new LinkedHashMap<>();
        if (properties != null) {
            for (String name : properties.stringPropertyNames()) {
                String value = properties.getProperty(name);
                if (name.startsWith(HIVECONF)) {
                    settings.put(name.substring(HIVECONF.length()), value);
                } else if (name.startsWith(HIVEVAR)) {
                    variables.put(name.substring(HIVEVAR.length()), value);
                } else {
                    options.put(optionName(name), value);
                }
            }
        }
        int hash = rest.indexOf('#');
        if (hash >= 0) {
            addAll(rest.substring(hash + 1), "after #", variables);
            rest = rest.substring(0, hash);
        }
        int question = rest.indexOf('?');
        if (question >= 0) {
            addAll(rest.substring(question + 1), "after ?", settings);
            rest = rest.substring(0, question);
        }
        int semicolon = rest.indexOf(';');
        if (semicolon >= 0) {
            Map<String, String> inUrl = new LinkedHashMap<>();
            addAll(rest.substring(semicolon + 1), "after ;", inUrl);
            inUrl.forEach((name, value) -> options.put(optionName(name), value));
            rest = rest.substring(0, semicolon);
        }
        return new JdbcUrl(url, path(rest, url), options, settings, variables);
    }

    private static String path(String written, String url) throws SQLException {
        String path = written;
        if (path.startsWith("//")) {
            // An empty host, as in jdbc:skep:///data, means this process.
            if (!path.startsWith("///")) {
                throw new SQLException(
                        "Connecting to a server is not supported yet: " + withoutOptions(url),
                        SqlState.NOT_AN_OPTION);
            }
            path = path.substring(2);
        }
        while (path.length() > 1 && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (path.isEmpty()) {
            throw new SQLException(
                    "URL must name a directory, as in jdbc:skep:/path: " + withoutOptions(url),
                    SqlState.CANNOT_CONNECT);
        }
        return path;
    }

    private static String optionName(String name) {
        return name.equals("db") || name.equals("dbName") ? DATABASE : name;
    }

    private static void addAll(String list, String where, Map<String, String> into)
            throws SQLException {
        for (String entry : list.split(";", -1)) {
            if (entry.isBlank()) {
                continue;
            }
            int equals = entry.indexOf('=');
            if (equals <= 0) {
                throw new SQLException(
                        "URL must have key=value " + where + ": " + entry.strip(),
                        SqlState.CANNOT_CONNECT);
            }
            into.put(entry.substring(0, equals).strip(), entry.substring(equals + 1).strip());
        }
    }

    private static String withoutOptions(String url) {
        int end = url.length();
        for (char stop : new char[] {';', '?', '#'}) {
            int at = url.indexOf(stop);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        return url.substring(0, end);
    }

    /** The directory, without a slash at its end. */
    String path() {
        return path;
    }

    /** The database to use first, if named. */
    Optional<String> database() {
        return Optional.ofNullable(options.get(DATABASE)).filter(name -> !name.isEmpty());
    }

    /** Who connects; empty if not said. */
    String user() {
        return options.getOrDefault(USER, "");
    }

    /** The password; empty if not said. */
    String password() {
        return options.getOrDefault(PASSWORD, "");
    }

    /** Rows a fetch, if the user has a wish. */
    Optional<Integer> fetchSize() throws SQLException {
        String value = options.get(FETCH_SIZE);
        if (value == null) {
            return Optional.empty();
        }
        try {
            int rows = Integer.parseInt(value);
            if (rows > 0) {
                return Optional.of(rows);
            }
        } catch (NumberFormatException e) {
            // Answered below, as a number that is too small.
        }
        throw new SQLException(
                "fetchSize must be a positive number: " + value, SqlState.CANNOT_CONNECT);
    }

    /** Hive settings of the session. */
    Map<String, String> settings() {
        return settings;
    }

    /** Substitution variables of the session. */
    Map<String, String> variables() {
        return variables;
    }

    /** All settings of the connection but the password. */
    Properties warehouseProperties() {
        Properties properties = new Properties();
        options.forEach(
                (name, value) -> {
                    if (!name.equals(PASSWORD)) {
                        properties.setProperty(name, value);
                    }
                });
        return properties;
    }

    /** The URL without its password. */
    @Override
    public String toString() {
        return text.replaceAll("(?<=;)password=[^;?#]*;?", "");
    }
}
