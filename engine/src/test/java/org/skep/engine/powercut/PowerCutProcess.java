package org.skep.engine.powercut;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.error.SkepException;
import org.skep.engine.Session;
import org.skep.engine.Warehouse;

/**
 * Opens a warehouse, compares what is in it with the ledger, then works on it with a reader beside
 * until it is killed. {@code engine/power-cut/run} cuts the power under it again and again.
 */
final class PowerCutProcess {
    private static final List<Work> WORKS = List.of(new Overwrites(), new Definitions());
    private static final int LOOK_BACK = 20;

    private final Warehouse warehouse;
    private final Ledger ledger;

    private PowerCutProcess(Warehouse warehouse, Ledger ledger) {
        this.warehouse = warehouse;
        this.ledger = ledger;
    }

    /**
     * Arguments: the data directory, the ledger, the file that announces the cut, and {@code check}
     * to compare only, or {@code work}. Prints what it found, then {@code ready}; returns 1 if
     * something was wrong.
     */
    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        boolean right;
        try (Ledger ledger = new Ledger(Path.of(arguments[1]), Path.of(arguments[2]));
                Warehouse warehouse = Warehouse.open(data)) {
            PowerCutProcess process = new PowerCutProcess(warehouse, ledger);
            try {
                right = process.check(data);
            } catch (SkepException e) {
                process.wrong("cannot open: " + e.getMessage());
                right = false;
            }
            if (right && arguments[3].equals("work")) {
                process.work();
            }
        }
        System.exit(right ? 0 : 1);
    }

    private void wrong(String text) {
        // What fails because of the cut is not wrong.
        if (!ledger.cut()) {
            ledger.wrong(text);
            System.out.println("WRONG " + text);
        }
    }

    private boolean check(Path data) throws IOException {
        boolean right = true;
        try (Session session = warehouse.newSession()) {
            List<String> tables = Rows.of(session, "show tables");
            right &= leftovers(data);
            for (Work work : WORKS) {
                // Before its table is made there is nothing to compare.
                boolean fresh = work instanceof Overwrites && !tables.contains("generations");
                right &= fresh ? ledger.acknowledged(work) == 0 : check(session, work);
            }
        }
        return right;
    }

    private boolean check(Session session, Work work) {
        String found;
        try {
            found = work.describe(session);
        } catch (SkepException e) {
            found = "not readable: " + e.getMessage();
        }
        long acknowledged = ledger.acknowledged(work);
        for (long number = acknowledged; number <= ledger.begun(work); number++) {
            if (found.equals(work.expected(number))) {
                System.out.printf(
                        "%s: acknowledged %d, begun %d, found %d%n",
                        work.name(), acknowledged, ledger.begun(work), number);
                ledger.found(work, number);
                return true;
            }
        }
        String kind = "mix";
        for (long number = acknowledged - 1;
                number >= Math.max(0, acknowledged - LOOK_BACK);
                number--) {
            if (found.equals(work.expected(number))) {
                kind = "lost";
            }
        }
        wrong(
                "%s %s: acknowledged %d, begun %d, expected %s, found %s"
                        .formatted(
                                work.name(),
                                kind,
                                acknowledged,
                                ledger.begun(work),
                                work.expected(acknowledged),
                                found));
        return false;
    }

    // Whatever a statement was interrupted at is tidied up when the catalogue is first used.
    private boolean leftovers(Path data) throws IOException {
        boolean right = true;
        for (String place : List.of("warehouse", "journal")) {
            Path directory = data.resolve(place);
            if (!Files.exists(directory)) {
                continue;
            }
            try (Stream<Path> paths = Files.walk(directory)) {
                List<String> left =
                        paths.map(path -> data.relativize(path).toString())
                                .filter(path -> path.contains("_skep") || path.contains("journal/"))
                                .toList();
                if (!left.isEmpty()) {
                    wrong("left " + left);
                    right = false;
                }
            }
        }
        return right;
    }

    private void work() {
        NamedThreads threads = NamedThreads.called("work");
        try (Session session = warehouse.newSession()) {
            WORKS.forEach(work -> work.prepare(session));
        }
        System.out.println("ready");
        WORKS.forEach(work -> threads.newThread(() -> write(work)).start());
        read(WORKS.get(0));
        // The writers end with the process.
        while (true) {
            java.util.concurrent.locks.LockSupport.park();
        }
    }

    private void write(Work work) {
        try (Session session = warehouse.newSession()) {
            work.prepare(session);
            for (long number = ledger.acknowledged(work) + 1; ; number++) {
                ledger.begin(work, number);
                work.run(session, number);
                ledger.acknowledge(work, number);
            }
        } catch (SkepException e) {
            wrong("%s %d failed: %s".formatted(work.name(), ledger.begun(work), e.getMessage()));
        }
    }

    private void read(Work work) {
        try (Session session = warehouse.newSession()) {
            while (true) {
                long from = ledger.acknowledged(work);
                String found = work.describe(session);
                long to = ledger.begun(work);
                boolean known = false;
                for (long number = from; number <= to; number++) {
                    known |= found.equals(work.expected(number));
                }
                if (!known) {
                    wrong("read between %d and %d: %s".formatted(from, to, found));
                }
            }
        } catch (SkepException e) {
            wrong("read failed: " + e.getMessage());
        }
    }
}
