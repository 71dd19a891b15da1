package org.skep.tez.client;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FileSystem;
import org.apache.tez.dag.api.TezConfiguration;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * The jars that the processes of a cluster run tasks from: those that this module needs at run
 * time, by a list that the build makes, and none of planning. Has no state.
 *
 * <p>Hadoop's security code names two classes of ZooKeeper's client in methods that tasks never
 * call, but Tez reflects on all of them; empty classes of those names stand in, so that ZooKeeper
 * itself can stay away.
 */
final class TaskLibrary {
    private static final String LIST = "/META-INF/skep/tez-task-jars";
    private static final String DIRECTORY = ".skep/tez-lib-";
    private static final String OWN_JAR = "skep-engine-tez.jar";
    private static final String STAND_IN_JAR = "stand-in.jar";
    private static final List<String> STAND_INS =
            List.of(
                    "org/apache/zookeeper/client/ZKClientConfig",
                    "org/apache/zookeeper/common/ClientX509Util");
    // Hadoop's web pages generate classes, which the platform does not let them load otherwise.
    private static final String OPENS = " --add-opens java.base/java.lang=ALL-UNNAMED";
    private static final int CLASS_FILE_MAGIC = 0xCAFEBABE;
    private static final int CLASS_FILE_VERSION = 52;

    private TaskLibrary() {}

    /** The names of the jars, this module's own left out. */
    static List<String> names() {
        try (InputStream in = TaskLibrary.class.getResourceAsStream(LIST)) {
            if (in == null) {
                throw new SkepException(ErrorCode.INTERNAL, "List of jars not found: " + LIST);
            }
            List<String> names = new ArrayList<>();
            String list = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String path : list.trim().split(":", -1)) {
                names.add(path.substring(path.lastIndexOf('/') + 1));
            }
            return names;
        } catch (IOException e) {
            throw new SkepException(ErrorCode.IO_ERROR, "Cannot read: " + LIST, e);
        }
    }

    /**
     * The jars on this process's class path, this module's own classes last: a jar or a directory.
     *
     * @throws SkepException FILE_NOT_FOUND if one is missing
     */
    static List<Path> files() {
        Map<String, Path> byName = new HashMap<>();
        String classPath = System.getProperty("java.class.path");
        for (String element : classPath.split(File.pathSeparator, -1)) {
            Path path = Path.of(element).toAbsolutePath();
            byName.putIfAbsent(path.getFileName().toString(), path);
        }
        List<Path> files = new ArrayList<>();
        for (String name : names()) {
            Path path = byName.get(name);
            if (path == null) {
                throw new SkepException(
                        ErrorCode.FILE_NOT_FOUND,
                        "Jar for tasks is not on the class path: " + name);
            }
            files.add(path);
        }
        try {
            files.add(
                    Path.of(
                            TaskLibrary.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Cannot find the own classes", e);
        }
        return files;
    }

    /**
     * Copies the jars to the cluster's file system, unless the same are there already, and points
     * Tez at them.
     */
    static void ship(TezConfiguration configuration) {
        if (configuration.getBoolean(TezConfiguration.TEZ_IGNORE_LIB_URIS, false)) {
            return;
        }
        List<Path> files = files();
        try {
            // Not below the staging directory, which Tez closes to others after it has looked.
            FileSystem fileSystem = FileSystem.get(configuration);
            org.apache.hadoop.fs.Path library =
                    new org.apache.hadoop.fs.Path(
                            fileSystem.getHomeDirectory(), DIRECTORY + digest(files));
            if (!fileSystem.exists(library)) {
                copy(files, fileSystem, library);
            }
            configuration.set(TezConfiguration.TEZ_LIB_URIS, library.toString());
            configuration.setBoolean(TezConfiguration.TEZ_USE_CLUSTER_HADOOP_LIBS, false);
            configuration.setIfUnset(
                    TezConfiguration.TEZ_AM_LAUNCH_CLUSTER_DEFAULT_CMD_OPTS,
                    TezConfiguration.TEZ_AM_LAUNCH_CLUSTER_DEFAULT_CMD_OPTS_DEFAULT + OPENS);
            configuration.setIfUnset(
                    TezConfiguration.TEZ_TASK_LAUNCH_CLUSTER_DEFAULT_CMD_OPTS,
                    TezConfiguration.TEZ_TASK_LAUNCH_CLUSTER_DEFAULT_CMD_OPTS_DEFAULT + OPENS);
        } catch (IOException e) {
            throw TezSession.unreachable("copy jars for", e);
        }
    }

    // In a directory of another name first, so that a half copied library is never used.
    static void copy(List<Path> files, FileSystem fileSystem, org.apache.hadoop.fs.Path library)
            throws IOException {
        org.apache.hadoop.fs.Path half = library.suffix("-" + ProcessHandle.current().pid());
        fileSystem.delete(half, true);
        fileSystem.mkdirs(half);
        for (Path file : files) {
            boolean directory = Files.isDirectory(file);
            String name = directory ? OWN_JAR : file.getFileName().toString();
            try (OutputStream out = fileSystem.create(new org.apache.hadoop.fs.Path(half, name))) {
                if (directory) {
                    pack(file, out);
                } else {
                    Files.copy(file, out);
                }
            }
        }
        try (JarOutputStream jar =
                new JarOutputStream(
                        fileSystem.create(new org.apache.hadoop.fs.Path(half, STAND_IN_JAR)))) {
            for (String name : STAND_INS) {
                jar.putNextEntry(new JarEntry(name + ".class"));
                jar.write(emptyClass(name));
                jar.closeEntry();
            }
        }
        if (!fileSystem.rename(half, library)) {
            // Another process was quicker.
            fileSystem.delete(half, true);
        }
    }

    private static byte[] emptyClass(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(CLASS_FILE_MAGIC);
            out.writeInt(CLASS_FILE_VERSION);
            // Constants: 1 and 3 are names, 2 and 4 the classes of those names.
            out.writeShort(5);
            out.writeByte(1);
            out.writeUTF(name);
            out.writeByte(7);
            out.writeShort(1);
            out.writeByte(1);
            out.writeUTF("java/lang/Object");
            out.writeByte(7);
            out.writeShort(3);
            out.writeShort(Modifier.PUBLIC | Modifier.SYNCHRONIZED);
            out.writeShort(2);
            out.writeShort(4);
            // No interfaces, fields, methods, attributes.
            out.writeLong(0);
        }
        return bytes.toByteArray();
    }

    private static void pack(Path directory, OutputStream out) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(out);
                Stream<Path> tree = Files.walk(directory)) {
            for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                jar.putNextEntry(new JarEntry(name));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
    }

    private static String digest(List<Path> files) throws IOException {
        CRC32C crc = new CRC32C();
        for (Path each : files) {
            try (Stream<Path> tree = Files.walk(each)) {
                for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
                    String line =
                            "%s %d %d%n"
                                    .formatted(
                                            file.getFileName(),
                                            Files.size(file),
                                            Files.getLastModifiedTime(file).toMillis());
                    crc.update(line.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return "%08x".formatted(crc.getValue());
    }
}
