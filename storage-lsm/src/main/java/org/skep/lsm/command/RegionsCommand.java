package org.skep.lsm.command;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.LocalFileSystem;
import org.skep.lsm.region.RegionFile;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.RegionStore;
import org.skep.lsm.store.RegionStoreOptions;
import org.skep.lsm.store.check.Finding;
import org.skep.lsm.store.check.StoreCheck;
import org.skep.lsm.store.directory.StoreDirectory;

/**
 * {@code skep regions}: looks into a region store that no other process has open, and works on it.
 * Ends with 0 if all is well, 1 if something was found or failed, 2 if the command makes no sense.
 * Confined to one thread.
 */
public final class RegionsCommand {
    private static final String USAGE =
            """
            Usage: skep regions <what> [--data DIR]
              check [--repair]     look for damage, or mend it
              list [TABLE]         tables with their regions and files
              flush TABLE          write what is in memory to files
              compact TABLE        merge all files of each region
              split TABLE [ROW]    part the region of a row there, or the largest in its middle
            DIR is the directory of a region store, or holds one called 'regions'; skep-data if not given.
            Bytes of a ROW that are not printable ASCII are given in hexadecimal, as list writes them.\
            """;

    private final PrintStream out;
    private final PrintStream errors;
    private final Deque<String> arguments;
    private String data = "skep-data";
    private boolean repair;

    private RegionsCommand(PrintStream out, PrintStream errors, List<String> arguments) {
        this.out = out;
        this.errors = errors;
        this.arguments = new ArrayDeque<>(arguments);
    }

    /** Runs the command of a process. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream errors = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, errors, List.of(arguments)));
    }

    /** Runs a command; the exit code. */
    static int run(PrintStream out, PrintStream errors, List<String> arguments) {
        return new RegionsCommand(out, errors, arguments).run();
    }

    private static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    private int run() {
        try {
            List<String> words = words();
            if (words.isEmpty() || words.get(0).equals("help")) {
                out.println(USAGE);
                return words.isEmpty() ? 2 : 0;
            }
            return run(words.get(0), words.subList(1, words.size()));
        } catch (UsageException e) {
            errors.println("skep regions: " + e.getMessage());
            errors.println(USAGE);
            return 2;
        } catch (SkepException e) {
            errors.println("skep regions: " + e.getMessage());
            return 1;
        }
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        while (!arguments.isEmpty()) {
            String argument = arguments.pop();
            switch (argument) {
                case "--data" -> {
                    if (arguments.isEmpty()) {
                        throw new UsageException("--data must be followed by a directory");
                    }
                    data = arguments.pop();
                }
                case "--repair" -> repair = true;
                case "--help" -> words.add(0, "help");
                default -> {
                    if (argument.startsWith("-")) {
                        throw new UsageException("Option not known: " + argument);
                    }
                    words.add(argument);
                }
            }
        }
        return words;
    }

    private int run(String what, List<String> rest) {
        if (repair && !what.equals("check")) {
            throw new UsageException("--repair belongs to check");
        }
        return switch (what) {
            case "check" -> {
                count(rest, 0, 0);
                yield check();
            }
            case "list" -> {
                count(rest, 0, 1);
                yield list(rest);
            }
            case "flush" -> {
                count(rest, 1, 1);
                yield with(store -> store.flush(table(rest)));
            }
            case "compact" -> {
                count(rest, 1, 1);
                yield with(
                        store -> {
                            store.flush(table(rest));
                            store.majorCompact(table(rest));
                        });
            }
            case "split" -> {
                count(rest, 1, 2);
                yield split(rest);
            }
            default -> throw new UsageException("Command not known: " + what);
        };
    }

    private static void count(List<String> rest, int least, int most) {
        if (rest.size() < least) {
            throw new UsageException("A table is missing");
        }
        if (rest.size() > most) {
            throw new UsageException("Word not expected: " + rest.get(most));
        }
    }

    private static TableName table(List<String> rest) {
        try {
            return TableName.of(rest.get(0));
        } catch (IllegalArgumentException e) {
            throw new SkepException(ErrorCode.INVALID_TABLE_NAME, e.getMessage(), e);
        }
    }

    private String root() {
        String path = Path.of(data).toAbsolutePath().normalize().toString();
        for (String candidate : List.of(path, path + "/regions")) {
            if (new StoreDirectory(LocalFileSystem.INSTANCE, candidate).wasStore()
                    && holdsRegions(candidate)) {
                return candidate;
            }
        }
        throw new SkepException(ErrorCode.INVALID_PATH, "No region store in: " + data);
    }

    // A warehouse has a file of the same name.
    private static boolean holdsRegions(String path) {
        StoreDirectory directory = new StoreDirectory(LocalFileSystem.INSTANCE, path);
        return LocalFileSystem.INSTANCE.status(directory.wal()).isPresent()
                || LocalFileSystem.INSTANCE.status(directory.data()).isPresent();
    }

    private static RegionStoreOptions options() {
        return RegionStoreOptions.defaults().withoutBackground();
    }

    private int check() {
        String root = root();
        List<Finding> findings =
                repair
                        ? StoreCheck.repair(LocalFileSystem.INSTANCE, root, options())
                        : StoreCheck.check(LocalFileSystem.INSTANCE, root, options());
        for (Finding finding : findings) {
            out.println(finding.kind().words() + ": " + finding.message());
            out.println((repair ? "  repaired: " : "  repair would be: ") + finding.repair());
        }
        if (findings.isEmpty()) {
            out.println("No damage found: " + root);
            return 0;
        }
        if (!repair) {
            out.println(
                    "%d found; 'skep regions check --repair' mends, and keeps what it takes away in %s/lost"
                            .formatted(findings.size(), root));
            return 1;
        }
        int left = StoreCheck.check(LocalFileSystem.INSTANCE, root, options()).size();
        out.println("%d repaired, %d left".formatted(findings.size(), left));
        return left == 0 ? 0 : 1;
    }

    private int with(java.util.function.Consumer<RegionStore> work) {
        try (RegionStore store = RegionStore.open(LocalFileSystem.INSTANCE, root(), options())) {
            work.accept(store);
        }
        return 0;
    }

    private int list(List<String> rest) {
        return with(
                store -> {
                    List<TableName> tables = rest.isEmpty() ? store.tables() : List.of(table(rest));
                    tables.forEach(table -> list(store, table));
                    store.stuckProcedures().forEach(stuck -> out.println("stuck: " + stuck));
                });
    }

    private void list(RegionStore store, TableName table) {
        List<RegionInfo> regions = store.regions(table);
        out.println(
                "%s  %s, %d regions"
                        .formatted(
                                table,
                                store.isEnabled(table) ? "enabled" : "disabled",
                                regions.size()));
        for (RegionInfo region : regions) {
            List<RegionFile> files = store.files(region);
            out.println(
                    "  %s  [%s, %s)  %d files, %d bytes"
                            .formatted(
                                    region.encodedName(),
                                    RegionInfo.printable(region.startRow()),
                                    RegionInfo.printable(region.stopRow()),
                                    files.size(),
                                    files.stream().mapToLong(store::bytes).sum()));
        }
    }

    private int split(List<String> rest) {
        TableName table = table(rest);
        return with(
                store -> {
                    if (rest.size() == 2) {
                        store.split(table, row(rest.get(1)));
                        return;
                    }
                    store.flush(table);
                    RegionInfo largest = null;
                    long most = -1;
                    for (RegionInfo region : store.regions(table)) {
                        long bytes = store.files(region).stream().mapToLong(store::bytes).sum();
                        if (bytes > most) {
                            largest = region;
                            most = bytes;
                        }
                    }
                    if (!store.split(largest)) {
                        throw new SkepException(
                                ErrorCode.RUNTIME_ERROR,
                                "Cannot split table %s: no row lies in the middle"
                                        .formatted(table));
                    }
                });
    }

    private static byte[] row(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            boolean escaped =
                    bytes[i] == '\\'
                            && i + 3 < bytes.length
                            && bytes[i + 1] == 'x'
                            && Character.digit(bytes[i + 2], 16) >= 0
                            && Character.digit(bytes[i + 3], 16) >= 0;
            if (escaped) {
                bytes[length++] =
                        (byte)
                                ((Character.digit(bytes[i + 2], 16) << 4)
                                        | Character.digit(bytes[i + 3], 16));
                i += 3;
            } else {
                bytes[length++] = bytes[i];
            }
        }
        return java.util.Arrays.copyOf(bytes, length);
    }
}
