package org.skep.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.skep.shell.print.ResultFormat;

/**
 * What the command line asks for. Immutable.
 *
 * @param url an address instead of a data directory
 * @param sources in the order given; none means the prompt, or standard input if that is no
 *     terminal
 * @param format empty for a table on a terminal and TSV elsewhere
 * @param settings session settings by name
 * @param variables substitution variables by name
 */
record ShellOptions(
        Request request,
        String data,
        Optional<String> url,
        Optional<String> database,
        List<ScriptSource> sources,
        Optional<ResultFormat> format,
        boolean quiet,
        Map<String, String> settings,
        Map<String, String> variables) {
    static final String DEFAULT_DATA = "skep-data";

    /** What is to be done. */
    enum Request {
        RUN,
        HELP,
        VERSION
    }

    static final String HELP =
            """
            Usage: skep [options]

            Opens a warehouse and runs statements; without -e and -f it shows a prompt.

              --data DIR        the warehouse's directory, made if missing (default ./skep-data)
              -e SQL            run statements, separated by semicolons; may be given again
              -f FILE           run the statements of a file, - for standard input; may be given again
              --database NAME   the database to begin with (default default)
              --format FORMAT   table, tsv or csv (default: table on a terminal, else tsv)
              --hiveconf K=V    set a setting
              --hivevar K=V     set a variable, used as ${K} in statements
              --url URL         connect to this JDBC address instead of a directory
              --quiet           print neither row counts nor times
              --help            print this
              --version         print the version

            Results go to standard output, everything else to standard error or DIR/logs/skep.log.
            Exit code: 0 all ran, 1 a statement failed, 2 wrong usage, 130 cancelled.
            """;

    static ShellOptions parse(String... arguments) throws UsageException {
        return new Parsing(arguments).parse();
    }

    private static final class Parsing {
        private final String[] arguments;
        private int next;
        private String attached;
        private Request request = Request.RUN;
        private String data = DEFAULT_DATA;
        private Optional<String> url = Optional.empty();
        private Optional<String> database = Optional.empty();
        private final List<ScriptSource> sources = new ArrayList<>();
        private Optional<ResultFormat> format = Optional.empty();
        private boolean quiet;
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final Map<String, String> variables = new LinkedHashMap<>();

        private Parsing(String... arguments) {
            this.arguments = arguments;
        }

        private ShellOptions parse() throws UsageException {
            while (next < arguments.length) {
                String option = arguments[next++];
                attached = null;
                int equals = option.indexOf('=');
                if (option.startsWith("--") && equals > 0) {
                    attached = option.substring(equals + 1);
                    option = option.substring(0, equals);
                }
                take(option);
                if (attached != null) {
                    throw new UsageException("Option takes no value: " + option);
                }
            }
            return new ShellOptions(
                    request,
                    data,
                    url,
                    database,
                    List.copyOf(sources),
                    format,
                    quiet,
                    Map.copyOf(settings),
                    Map.copyOf(variables));
        }

        private void take(String option) throws UsageException {
            switch (option) {
                case "-h", "--help" -> request = Request.HELP;
                case "--version" -> request = request == Request.HELP ? request : Request.VERSION;
                case "-d", "--data" -> data = directory(value(option));
                case "-e", "--execute" -> sources.add(new ScriptSource.Text(value(option)));
                case "-f", "--file" -> sources.add(file(value(option)));
                case "-u", "--url" -> url = Optional.of(value(option));
                case "--database" -> database = Optional.of(value(option));
                case "--format" -> format = Optional.of(format(value(option)));
                case "-q", "--quiet" -> quiet = true;
                case "--hiveconf" -> pair(option, settings);
                case "--hivevar", "--define" -> pair(option, variables);
                default ->
                        throw new UsageException(
                                (option.startsWith("-")
                                                ? "Unknown option: "
                                                : "Unexpected argument: ")
                                        + option);
            }
        }

        private String value(String option) throws UsageException {
            if (attached != null) {
                String value = attached;
                attached = null;
                return value;
            }
            if (next == arguments.length) {
                throw new UsageException("Option needs a value: " + option);
            }
            return arguments[next++];
        }

        private static String directory(String value) throws UsageException {
            if (value.isEmpty()) {
                throw new UsageException("Data directory must have a name");
            }
            return value;
        }

        private static ScriptSource file(String value) {
            return value.equals("-")
                    ? new ScriptSource.StandardInput()
                    : new ScriptSource.File(value);
        }

        private static ResultFormat format(String value) throws UsageException {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "table" -> ResultFormat.TABLE;
                case "tsv" -> ResultFormat.TSV;
                case "csv" -> ResultFormat.CSV;
                default -> throw new UsageException("Format must be table, tsv or csv: " + value);
            };
        }

        private void pair(String option, Map<String, String> into) throws UsageException {
            String value = value(option);
            int equals = value.indexOf('=');
            if (equals <= 0) {
                throw new UsageException("%s must be NAME=VALUE: %s".formatted(option, value));
            }
            into.put(value.substring(0, equals), value.substring(equals + 1));
        }
    }
}
