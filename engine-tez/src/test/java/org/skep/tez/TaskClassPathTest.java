package org.skep.tez.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.SkepException;
import org.skep.plan.codec.FragmentCodec;
import org.skep.plan.stage.ScanSplit;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.TaskFragment;
import org.skep.tez.RecordingEngine;
import org.skep.tez.TezFixture;
import org.skep.tez.process.TaskClassPathProgram;

/** What is shipped to a cluster is enough to run tasks, and has nothing of planning. */
final class TaskClassPathTest {
    @TempDir private Path directory;

    @Test
    void theListHasTheLayersOfTasksOnly() {
        List<String> ours =
                TaskLibrary.names().stream()
                        .filter(name -> name.startsWith("skep-"))
                        .map(name -> name.substring(0, name.indexOf("-0.")))
                        .toList();
        assertThat(ours)
                .containsExactlyInAnyOrder(
                        "skep-base",
                        "skep-types",
                        "skep-functions",
                        "skep-storage-api",
                        "skep-storage-columnar",
                        "skep-plan",
                        "skep-executor");
        assertThat(TaskLibrary.names())
                .noneMatch(name -> name.matches(".*(calcite|antlr|zookeeper|curator|jline).*"))
                .noneMatch(name -> name.startsWith("hadoop-client"))
                .anyMatch(name -> name.startsWith("tez-dag"));
    }

    @Test
    void aDagRunsWithThatClassPathAlone() throws IOException, InterruptedException {
        Path query = directory.resolve("query");
        try (TezFixture fixture = new TezFixture(directory)) {
            fixture.onThreads("create table numbers(n bigint, t string) stored as orc");
            fixture.onThreads("insert into numbers values (1,'a'),(2,'b'),(3,'a'),(4,'b')");
            fixture.onThreads("set hive.execution.engine=recorder");
            assertThatThrownBy(
                            () ->
                                    fixture.onThreads(
                                            "select sum(n) s from numbers group by t order by s"))
                    .isInstanceOf(SkepException.class)
                    .hasMessage("Recorded");
            write(RecordingEngine.last(), query);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-cp", classPath()));
        command.add(TaskClassPathProgram.class.getName());
        command.add(query.toString());
        Path out = directory.resolve("out");
        Path errors = directory.resolve("errors");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(errors.toFile())
                        .start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0).as(Files.readString(errors)).isTrue();
        List<String> lines = Files.readAllLines(out, StandardCharsets.UTF_8);
        assertThat(lines.subList(0, 8)).allMatch(line -> line.startsWith("absent "));
        // Not a word of Tez's own among them.
        assertThat(lines.subList(8, lines.size())).containsExactly("row 4", "row 6");
    }

    private static void write(RecordingEngine.Query query, Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(query.graph().stages().size());
            for (Stage stage : query.graph().stages()) {
                write(out, FragmentCodec.encode(new TaskFragment(query.context(), stage)));
            }
            List<ScanSplit> splits = new ArrayList<>();
            query.splits().values().forEach(splits::addAll);
            write(out, FragmentCodec.encodeSplits(splits));
        }
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    // What a cluster gets, and the program.
    private String classPath() throws IOException {
        org.apache.hadoop.fs.Path library =
                new org.apache.hadoop.fs.Path(directory.resolve("library").toUri());
        TaskLibrary.copy(TaskLibrary.files(), FileSystem.getLocal(new Configuration()), library);
        Path from = Path.of("target/test-classes/org/skep/tez/process");
        Path to =
                Files.createDirectories(
                        directory.resolve("program").resolve("org/skep/tez/process"));
        try (Stream<Path> classes = Files.list(from)) {
            for (Path each : classes.toList()) {
                Files.copy(each, to.resolve(each.getFileName().toString()));
            }
        }
        return directory.resolve("library") + "/*:" + directory.resolve("program");
    }
}
