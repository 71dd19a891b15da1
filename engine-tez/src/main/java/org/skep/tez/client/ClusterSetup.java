package org.skep.tez.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.tez.dag.api.TezConfiguration;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * Where DAGs run: on the cluster that configuration files describe, or in this process if there are
 * none. Immutable.
 *
 * @param configuration Hadoop's and Tez's, of which the runner may change a copy
 * @param local whether DAGs run in this process
 */
record ClusterSetup(TezConfiguration configuration, boolean local) {
    /** The setting that names a directory of configuration files. */
    static final String DIRECTORY = "skep.tez.configuration";

    private static final String YARN_FILE = "yarn-site.xml";
    private static final List<String> FILES =
            List.of("core-site.xml", "hdfs-site.xml", YARN_FILE, "tez-site.xml");

    /**
     * Looks for configuration files: in the directory that a setting names, else in those that
     * {@code HADOOP_CONF_DIR} and {@code TEZ_CONF_DIR} name, and on the class path.
     *
     * @throws SkepException INVALID_OPTION if the setting names no directory
     */
    static ClusterSetup find(Map<String, String> settings) {
        TezConfiguration configuration = new TezConfiguration(new YarnConfiguration());
        boolean cluster = ClusterSetup.class.getClassLoader().getResource(YARN_FILE) != null;
        Optional<String> named =
                Optional.ofNullable(settings.get(DIRECTORY))
                        .or(() -> Optional.ofNullable(System.getProperty(DIRECTORY)));
        if (named.isPresent()) {
            Path directory = Path.of(named.get()).toAbsolutePath();
            if (!Files.isDirectory(directory)) {
                throw new SkepException(
                        ErrorCode.INVALID_OPTION,
                        "%s must name a directory: %s".formatted(DIRECTORY, directory));
            }
            cluster |= add(configuration, directory);
        } else {
            for (String variable : List.of("HADOOP_CONF_DIR", "TEZ_CONF_DIR")) {
                String directory = System.getenv(variable);
                if (directory != null) {
                    cluster |= add(configuration, Path.of(directory).toAbsolutePath());
                }
            }
        }
        boolean local =
                !cluster || configuration.getBoolean(TezConfiguration.TEZ_LOCAL_MODE, false);
        return new ClusterSetup(configuration, local);
    }

    private static boolean add(TezConfiguration configuration, Path directory) {
        for (String name : FILES) {
            Path file = directory.resolve(name);
            if (Files.isRegularFile(file)) {
                configuration.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
            }
        }
        return Files.isRegularFile(directory.resolve(YARN_FILE));
    }
}
