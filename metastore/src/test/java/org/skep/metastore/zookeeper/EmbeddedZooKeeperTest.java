package org.skep.metastore.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;

class EmbeddedZooKeeperTest {
    @TempDir Path directory;

    private static Set<Thread> lasting() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .collect(Collectors.toSet());
    }

    @Test
    void startsLateLeavesNoThreadBehindAndStopsQuickly() {
        Set<Thread> before = lasting();
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        // A busy disk may hold up one of them, not all.
        Duration fastest = Duration.ofDays(1);
        for (int i = 0; i < 3; i++) {
            Path place = directory.resolve("catalogue" + i);
            Catalogue catalogue = ZooKeeperCatalogue.embedded(place, Clock.SYSTEM);
            assertThat(place).doesNotExist();
            catalogue.start();
            assertThat(catalogue.databaseNames()).containsExactly("default");
            assertThat(lasting()).isEqualTo(before);
            assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(handler);
            long begin = System.nanoTime();
            catalogue.close();
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            fastest = taken.compareTo(fastest) < 0 ? taken : fastest;
            assertThat(lasting()).isEqualTo(before);
        }
        assertThat(fastest).isLessThan(Duration.ofMillis(300));
    }

    @Test
    void aFullDiskIsNamedAtOnceAndForgottenOnceThereIsRoom() {
        Crash.install(
                point -> {
                    if (point.equals("catalogue.log-append")) {
                        throw new UncheckedIOException(new IOException("No space left on device"));
                    }
                });
        try (Catalogue catalogue = ZooKeeperCatalogue.embedded(directory, Clock.SYSTEM)) {
            long begin = System.nanoTime();
            assertThatThrownBy(catalogue::databaseNames)
                    .isInstanceOf(SkepException.class)
                    .hasMessageStartingWith("Cannot reach the catalogue: ")
                    .hasMessageEndingWith("No space left on device");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(10));
            Crash.install(null);
            assertThat(catalogue.databaseNames()).containsExactly("default");
        } finally {
            Crash.install(null);
        }
    }

    @Test
    void itsFilesAreForTheOwnerAlone() throws IOException {
        Path place = directory.resolve("a/catalogue");
        try (Catalogue catalogue = ZooKeeperCatalogue.embedded(place, Clock.SYSTEM)) {
            assertThat(catalogue.databaseNames()).hasSize(1);
            assertThat(permissions(place)).isEqualTo("rwx------");
            assertThat(permissions(place.resolve("secret"))).isEqualTo("rw-------");
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void isReachableFromThisMachineOnlyAndAnswersNoCommands() throws IOException {
        EmbeddedEnsemble ensemble = new EmbeddedEnsemble(directory);
        String address = ensemble.connectString();
        assertThat(address).startsWith("127.0.0.1:");
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        for (String command : List.of("srvr", "stat", "dump", "kill", "envi")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(5_000);
                socket.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                String answer =
                        new String(
                                socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertThat(answer).as(command).isEmpty();
            }
        }
        assertThat(ensemble.alive()).isTrue();
        ensemble.close();
    }

    @Test
    void groupsOfLargeTransactionsSurviveARestart() {
        // With ZooKeeper's padding of its log most seeds leave a log that cannot be read again.
        long seed = System.nanoTime();
        System.out.println("EmbeddedZooKeeperTest seed " + seed);
        Random random = new Random(seed);
        List<Integer> sizes = new ArrayList<>();
        EmbeddedEnsemble ensemble = new EmbeddedEnsemble(directory);
        try (Catalogue catalogue = new ZooKeeperCatalogue(ensemble, Clock.SYSTEM);
                Probe probe = new Probe(ensemble)) {
            assertThat(catalogue.databaseNames()).hasSize(1);
            for (int group = 0; group < 40; group++) {
                int from = sizes.size();
                for (int i = random.nextInt(30); i >= 0; i--) {
                    sizes.add(random.nextInt(random.nextInt(4) == 0 ? 300 : 260_000));
                }
                probe.create(NodePaths.DATA + "/x", from, sizes.subList(from, sizes.size()));
            }
        }
        EmbeddedEnsemble again = new EmbeddedEnsemble(directory);
        try (Catalogue catalogue = new ZooKeeperCatalogue(again, Clock.SYSTEM);
                Probe probe = new Probe(again)) {
            assertThat(catalogue.databaseNames()).hasSize(1);
            for (int i = 0; i < sizes.size(); i++) {
                assertThat(probe.data(NodePaths.DATA + "/x" + i)).hasSize(sizes.get(i));
            }
        }
    }

    @Test
    void manyStartsDoNotPileUpFiles() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (Catalogue catalogue = ZooKeeperCatalogue.embedded(directory, Clock.SYSTEM)) {
                assertThat(catalogue.databaseNames()).hasSize(1);
            }
        }
        try (var files = Files.list(directory.resolve("version-2"))) {
            assertThat(files.count()).isLessThanOrEqualTo(26);
        }
    }
}
