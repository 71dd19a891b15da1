package org.skep.columnar.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.columnar.rows.FileRows;
import org.skep.types.NanoTime;

class DuckDbFilesTest {
    private static final String ALL_TYPES =
            """
            CREATE TABLE t AS SELECT
              CASE WHEN i %% %1$d = 3 THEN NULL ELSE i %% 2 = 0 END AS flag,
              CASE WHEN i %% %1$d = 4 THEN NULL ELSE (i %% 200 - 100)::TINYINT END AS tiny,
              (i %% 60000 - 30000)::SMALLINT AS small,
              CASE WHEN i %% %1$d = 1 THEN NULL ELSE (i * 7919 %% 100003)::INTEGER END AS num,
              (i * 1234567891011)::BIGINT AS big,
              CASE WHEN i %% %1$d = 2 THEN NULL ELSE (i / 7)::FLOAT END AS single,
              (i / 7)::DOUBLE AS real,
              ((i * 31 %% 10000) / 100)::DECIMAL(4,2) AS dec4,
              CASE WHEN i %% %1$d = 0 THEN NULL ELSE (i * 977 / 100)::DECIMAL(15,2) END AS dec15,
              (i::HUGEINT * 12345678901234567890123)::DECIMAL(38,4) AS dec38,
              CASE WHEN i %% %1$d = 5 THEN NULL ELSE 'text ' || (i * i) END AS words,
              'kind ' || (i %% 7) AS kind,
              ('x' || i)::BLOB AS raw,
              (DATE '1990-01-01' + (i %% 20000)::INTEGER) AS day,
              TIMESTAMP '1980-01-01 00:00:00.123456' + INTERVAL (i) MINUTE AS moment,
              (TIMESTAMP_NS '1980-01-01 00:00:00.123456789') AS fine,
              i AS id
            FROM range(%2$d) r(i)
            """;
    private static final String[] COLUMNS = {
        "flag",
        "boolean",
        "tiny",
        "tinyint",
        "small",
        "smallint",
        "num",
        "int",
        "big",
        "bigint",
        "single",
        "float",
        "real",
        "double",
        "dec4",
        "decimal(4,2)",
        "dec15",
        "decimal(15,2)",
        "dec38",
        "decimal(38,4)",
        "words",
        "string",
        "kind",
        "string",
        "raw",
        "string",
        "day",
        "date",
        "moment",
        "timestamp",
        "fine",
        "timestamp",
        "id",
        "bigint"
    };

    @TempDir Path directory;
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<List<Object>> rows(String sql) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int count = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= count; i++) {
                    row.add(ours(result, i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static Object ours(ResultSet result, int column) throws SQLException {
        Object value = result.getObject(column);
        if (value == null) {
            return null;
        }
        if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float single) {
            return single.doubleValue();
        }
        if (value instanceof java.sql.Blob blob) {
            return new String(
                    blob.getBytes(1, (int) blob.length()), java.nio.charset.StandardCharsets.UTF_8);
        }
        if (value instanceof java.time.LocalDate date) {
            return date.toEpochDay();
        }
        if (value instanceof java.sql.Timestamp) {
            LocalDateTime time = result.getObject(column, LocalDateTime.class);
            long second = time.toEpochSecond(ZoneOffset.UTC);
            int nanos = time.get(ChronoField.NANO_OF_SECOND);
            return new NanoTime(second * 1_000_000 + nanos / 1_000, (short) (nanos % 1_000));
        }
        if (value instanceof String || value instanceof BigDecimal) {
            return value;
        }
        return value;
    }

    private String copy(String name, String options) throws SQLException {
        String path = directory.resolve(name + ".parquet").toString();
        run("COPY t TO '%s' (FORMAT PARQUET%s)".formatted(path, options));
        return path;
    }

    @Test
    void readsAllTypesInAllCodecsAndVersions() throws SQLException {
        for (int nullEvery : new int[] {6, 1_000_000}) {
            run("DROP TABLE IF EXISTS t");
            run(ALL_TYPES.formatted(nullEvery, 3_000));
            List<List<Object>> expected = rows("SELECT * FROM t ORDER BY id");
            for (String codec : List.of("UNCOMPRESSED", "SNAPPY", "ZSTD", "GZIP", "LZ4_RAW")) {
                for (String version : List.of("V1", "V2")) {
                    String path =
                            copy(
                                    codec + version + nullEvery,
                                    ", CODEC '%s', PARQUET_VERSION '%s', ROW_GROUP_SIZE 2048"
                                            .formatted(codec, version));
                    FileRows file = new FileRows(path, Map.of(), COLUMNS).batchRows(700);
                    assertThat(file.read())
                            .as("%s %s %d", codec, version, nullEvery)
                            .isEqualTo(expected);
                }
            }
        }
    }
}
