package org.skep.lsm.store.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.io.LocalFileSystem;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableName;

final class StoreDirectoryTest {
    private static void assertCode(ErrorCode code, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void laysRegionsOutAsHBaseDoes() {
        StoreDirectory directory = new StoreDirectory(LocalFileSystem.INSTANCE, "/s/");
        RegionInfo region = new RegionInfo(TableName.of("a:b"), new byte[0], new byte[0], 1);
        assertThat(directory.region(region))
                .isEqualTo("/s/data/a/b/9500500bea444306db30c11137a0f8b2");
        assertThat(directory.table(TableName.of("b"))).isEqualTo("/s/data/default/b");
        assertThat(directory.relative("/s/data/x")).isEqualTo("data/x");
        assertThat(directory.absolute("data/x")).isEqualTo("/s/data/x");
    }

    @Test
    void isThereWholeOrNotAtAll() {
        for (int at = 1; at < 20; at++) {
            FaultyFileSystem files = new FaultyFileSystem("/base");
            StoreDirectory directory = new StoreDirectory(files, "/base/s");
            files.cutPowerAt(at);
            try {
                directory.prepare();
            } catch (FaultyFileSystem.PowerCut e) {
                assertThat(files.dark()).isTrue();
            }
            files.cutPower();
            files.restart(FaultyFileSystem.Survival.SOME, new Random(at));
            directory.prepare();
            assertThat(new String(directory.read(directory.format()), StandardCharsets.UTF_8))
                    .isEqualTo("skep-regions 1\n");
        }
    }

    @Test
    void refusesWhatIsNoStore(@TempDir Path path) throws Exception {
        Files.writeString(path.resolve("letter"), "Dear Ada");
        StoreDirectory directory = new StoreDirectory(LocalFileSystem.INSTANCE, path.toString());
        assertCode(ErrorCode.INVALID_PATH, directory::prepare);
        Files.delete(path.resolve("letter"));
        directory.prepare();
        Files.writeString(path.resolve("FORMAT"), "skep-regions 2\n");
        assertCode(ErrorCode.FORMAT_TOO_NEW, directory::prepare);
        Files.writeString(path.resolve("FORMAT"), "skep-\n");
        assertCode(ErrorCode.CORRUPT_FILE, directory::prepare);
    }

    @Test
    void hasOneOwner(@TempDir Path path) {
        String root = path.toString();
        Ownership.Lease lease = ProcessOwnership.INSTANCE.take(LocalFileSystem.INSTANCE, root);
        lease.check();
        assertCode(
                ErrorCode.DATA_DIRECTORY_IN_USE,
                () -> ProcessOwnership.INSTANCE.take(LocalFileSystem.INSTANCE, root));
        lease.close();
        lease.close();
        ProcessOwnership.INSTANCE.take(LocalFileSystem.INSTANCE, root).close();
    }

    @Test
    void namesTheProcessThatOwnsIt(@TempDir Path path) throws Exception {
        String source =
                "import java.nio.channels.*; import java.nio.file.*; class Hold {"
                        + " public static void main(String[] a) throws Exception {"
                        + " var c = FileChannel.open(Path.of(a[0], \"LOCK\"),"
                        + " StandardOpenOption.CREATE, StandardOpenOption.WRITE);"
                        + " c.tryLock(Long.MAX_VALUE - 1, 1, false);"
                        + " c.write(java.nio.ByteBuffer.wrap(\"pid 12345\\n\".getBytes()));"
                        + " System.out.println(\"held\"); System.in.read(); } }";
        Path file = Files.writeString(path.resolve("Hold.java"), source);
        Process other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                file.toString(),
                                path.toString())
                        .redirectErrorStream(true)
                        .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("held");
            assertThatThrownBy(
                            () ->
                                    ProcessOwnership.INSTANCE.take(
                                            LocalFileSystem.INSTANCE, path.toString()))
                    .hasMessage("Region store is in use by process pid 12345: " + path);
        } finally {
            other.destroyForcibly().waitFor();
        }
        ProcessOwnership.INSTANCE.take(LocalFileSystem.INSTANCE, path.toString()).close();
    }

    @Test
    void makesDirectoriesForGood() {
        for (String path : new String[] {"/s", "/a/b/s"}) {
            FaultyFileSystem files = new FaultyFileSystem("/");
            Directories.make(files, path);
            StoreDirectory directory = new StoreDirectory(files, path);
            directory.writeOnce(path + "/x", new byte[] {1});
            assertThat(files.durableFiles()).containsExactly(path + "/x");
        }
    }

    @Test
    void writesOnce() {
        FaultyFileSystem files = new FaultyFileSystem("/s");
        StoreDirectory directory = new StoreDirectory(files, "/s");
        directory.writeOnce("/s/a", new byte[] {1});
        directory.writeOnce("/s/a", new byte[] {2});
        assertThat(directory.read("/s/a")).containsExactly(1);
        assertThat(files.durableFiles()).containsExactly("/s/a");
        directory.remove("/s/a");
        directory.remove("/s/a");
        assertThat(files.durableFiles()).isEmpty();
    }
}
