package org.skep.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.fault.FaultyFileSystem.Survival;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.zookeeper.ZooKeeperCatalogue;

/**
 * Lets every single operation that a statement makes fail once: each change of a file (write, sync,
 * rename, deletion), each call to the catalogue before or after it had its effect, each transaction
 * of the catalogue's server. The statement fails with a code or succeeds; the state is the old one
 * or the new one, for this process, for the next one, and after a power cut; and the statement can
 * be tried again.
 *
 * <p>The property {@code skep.failures.all} makes the test try all statements with all failures;
 * otherwise each statement has one kind of failure.
 */
class FailuresTest {
    private static final boolean ALL = Boolean.getBoolean("skep.failures.all");
    private static final int MOST = 10_000;

    @TempDir Path directory;

    private Catalogue catalogue;
    private String before;
    private String after;
    private long changes;
    private final AtomicBoolean armed = new AtomicBoolean();
    private final List<String> violations = new ArrayList<>();

    @BeforeEach
    void open() {
        catalogue = ZooKeeperCatalogue.embedded(directory, Clock.SYSTEM);
    }

    @AfterEach
    void close() {
        Crash.install(null);
        catalogue.close();
    }

    private void runOnce(WriteStatement statement) {
        World whole = World.before(statement, catalogue);
        before = whole.state();
        long start = whole.files().operations();
        statement.run(whole);
        changes = whole.files().operations() - start;
        after = whole.state();
        assertThat(after).isNotEqualTo(before);
        whole.close();
    }

    /** Runs a statement that may fail, and looks at what it made. */
    private void check(World world, WriteStatement statement, Set<ErrorCode> codes, String where) {
        String what = statement + ", " + where;
        boolean succeeded = false;
        try {
            statement.run(world);
            succeeded = true;
        } catch (SkepException e) {
            if (!codes.contains(e.code())) {
                violations.add(what + ": " + e.code() + " " + e.getMessage());
            }
        }
        world.files().mend();
        armed.set(false);
        Crash.install(null);
        String found = world.state();
        boolean unknown = codes.contains(ErrorCode.CATALOGUE_UNAVAILABLE);
        boolean right =
                succeeded
                        ? found.equals(after)
                        : found.equals(before) || (unknown && found.equals(after));
        if (!right) {
            violations.add("%s: succeeded %s, found %s".formatted(what, succeeded, found));
        }
        world.files().cutPower();
        world.files().restart(Survival.NONE, new Random(1));
        world.reopen();
        if (!world.state().equals(found)) {
            violations.add("%s: %s became %s".formatted(what, found, world.state()));
        }
        if (!world.leftovers().isEmpty()) {
            violations.add("%s: left %s".formatted(what, world.leftovers()));
        }
        if (found.equals(before)) {
            statement.run(world);
            if (!world.state().equals(after)) {
                violations.add("%s: tried again, found %s".formatted(what, world.state()));
            }
        }
    }

    private static List<WriteStatement> statements() {
        return ALL
                ? List.of(WriteStatement.values())
                : List.of(WriteStatement.OVERWRITE, WriteStatement.DROP_TABLE);
    }

    @Test
    void eachChangeOfFilesMayFail() {
        List<ErrorCode> codes =
                List.of(ErrorCode.DISK_FULL, ErrorCode.IO_ERROR, ErrorCode.PERMISSION_DENIED);
        for (WriteStatement statement : WriteStatement.values()) {
            runOnce(statement);
            for (long change = 1; change <= changes; change++) {
                for (int i = 0; i < codes.size(); i++) {
                    if (ALL || change % codes.size() == i) {
                        World world = World.before(statement, catalogue);
                        world.files().failAt(change, codes.get(i));
                        String where = "%s at change %d".formatted(codes.get(i), change);
                        check(world, statement, Set.of(codes.get(i)), where);
                    }
                }
            }
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void theDiskMayBeFullFromAnyByteOn() {
        for (WriteStatement statement : statements()) {
            runOnce(statement);
            for (long bytes = 0; bytes < 2_000; bytes = ALL ? bytes + 10 : bytes * 3 / 2 + 5) {
                World world = World.before(statement, catalogue);
                world.files().limitBytes(bytes);
                check(world, statement, Set.of(ErrorCode.DISK_FULL), "full after " + bytes);
            }
        }
        assertThat(violations).isEmpty();
    }

    /** The catalogue, of which one call fails. */
    private Catalogue failing(int number, boolean done, AtomicInteger calls) {
        return (Catalogue)
                Proxy.newProxyInstance(
                        Catalogue.class.getClassLoader(),
                        new Class<?>[] {Catalogue.class},
                        (proxy, method, arguments) -> {
                            boolean fails = armed.get() && calls.incrementAndGet() == number;
                            Object answer = null;
                            if (!fails || done) {
                                try {
                                    answer = method.invoke(catalogue, arguments);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            }
                            if (fails) {
                                throw new SkepException(
                                        ErrorCode.CATALOGUE_UNAVAILABLE, "Planned failure");
                            }
                            return answer;
                        });
    }

    @Test
    void eachCallToTheCatalogueMayFail() {
        for (WriteStatement statement : WriteStatement.values()) {
            runOnce(statement);
            for (boolean done : List.of(false, true)) {
                boolean reached = true;
                for (int number = 1; reached && number < MOST; number++) {
                    World world = World.before(statement, catalogue);
                    AtomicInteger calls = new AtomicInteger();
                    armed.set(true);
                    world.reopen(failing(number, done, calls));
                    String where = "call %d %s".formatted(number, done ? "answered" : "made");
                    check(world, statement, Set.of(ErrorCode.CATALOGUE_UNAVAILABLE), where);
                    reached = calls.get() >= number;
                }
            }
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void eachTransactionOfTheCatalogueMayFail() {
        for (WriteStatement statement : statements()) {
            runOnce(statement);
            for (String point : List.of("catalogue.log-append", "catalogue.log-synced")) {
                AtomicInteger left = new AtomicInteger();
                for (int number = 1; left.get() <= 0 && number < MOST; number++) {
                    World world = World.before(statement, catalogue);
                    left.set(number);
                    Crash.install(
                            reached -> {
                                if (reached.equals(point) && left.decrementAndGet() == 0) {
                                    throw new IllegalStateException("planned");
                                }
                            });
                    check(
                            world,
                            statement,
                            Set.of(ErrorCode.CATALOGUE_UNAVAILABLE),
                            "%s %d".formatted(point, number));
                }
            }
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void aTableAtThePlaceOfOneWhoseDropIsInDoubtIsEmpty() {
        World world = World.before(WriteStatement.DROP_TABLE, catalogue);
        for (int number = 1; catalogue.table("default", "t").isPresent(); number++) {
            armed.set(true);
            world.reopen(failing(number, true, new AtomicInteger()));
            try {
                WriteStatement.DROP_TABLE.run(world);
            } catch (SkepException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.CATALOGUE_UNAVAILABLE);
            }
            armed.set(false);
        }
        world.tables().create("t");
        assertThat(world.state()).isEqualTo("default: t[][] ");
        world.tables().insert("q3", "t", "new\n");
        assertThat(world.state()).isEqualTo("default: t[][new] ");
        world.reopen();
        assertThat(world.state()).isEqualTo("default: t[][new] ");
        assertThat(world.leftovers()).isEmpty();
    }

    @Test
    void whoMayNotTakeFilesOutOfATableCannotDropIt() {
        for (WriteStatement statement :
                List.of(
                        WriteStatement.DROP_TABLE,
                        WriteStatement.OVERWRITE,
                        WriteStatement.DROP_PARTITIONS)) {
            runOnce(statement);
            World world = World.before(statement, catalogue);
            Crash.install(
                    point -> {
                        if (point.equals("publish.journal-synced")) {
                            world.files().failAt(1, ErrorCode.PERMISSION_DENIED);
                        }
                    });
            assertThatThrownBy(() -> statement.run(world))
                    .isInstanceOf(SkepException.class)
                    .hasMessageContaining("/warehouse/t/_skep_trash")
                    .extracting(e -> ((SkepException) e).code())
                    .isEqualTo(ErrorCode.PERMISSION_DENIED);
            Crash.install(null);
            assertThat(world.state()).isEqualTo(before);
            world.close();
            assertThat(world.leftovers()).isEmpty();
        }
    }
}
