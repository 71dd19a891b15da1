package org.skep.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HiveStorageNamesTest {
    @Test
    void findsOurFormatBehindHivesClasses() {
        String text = "org.apache.hadoop.mapred.TextInputFormat";
        assertThat(
                        HiveStorageNames.formatOf(
                                "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe", text))
                .contains("text");
        assertThat(HiveStorageNames.formatOf("org.apache.hadoop.hive.serde2.OpenCSVSerde", text))
                .contains("csv");
        assertThat(HiveStorageNames.formatOf("org.apache.hive.hcatalog.data.JsonSerDe", null))
                .contains("json");
        assertThat(
                        HiveStorageNames.formatOf(
                                "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
                                "org.apache.hadoop.mapred.SequenceFileInputFormat"))
                .contains("sequencefile");
        assertThat(
                        HiveStorageNames.formatOf(
                                null,
                                "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"))
                .contains("parquet");
        assertThat(HiveStorageNames.formatOf(null, text)).contains("text");
        assertThat(HiveStorageNames.formatOf("com.example.Unknown", text)).isEmpty();
        assertThat(HiveStorageNames.formatOf(null, null)).isEmpty();
    }

    @Test
    void everyFormatIsFoundByItsOwnNames() {
        for (String format :
                new String[] {
                    "text",
                    "csv",
                    "json",
                    "regex",
                    "parquet",
                    "orc",
                    "avro",
                    "rcfile",
                    "sequencefile"
                }) {
            HiveStorageNames names = HiveStorageNames.of(format).orElseThrow();
            assertThat(HiveStorageNames.formatOf(names.serde(), names.inputFormat()))
                    .contains(format);
        }
        assertThat(HiveStorageNames.of("none")).isEmpty();
        assertThat(HiveStorageNames.formatOfKeyword("TextFile")).contains("text");
        assertThat(HiveStorageNames.formatOfKeyword("none")).isEmpty();
    }

    @Test
    void formatsAreFoundByName() {
        ColumnarFormats formats = new ColumnarFormats();
        for (String name : formats.names()) {
            assertThat(formats.named(name).name()).isEqualTo(name);
        }
        assertThat(formats.names()).contains("text", "parquet");
        assertThatThrownBy(() -> formats.named("none"))
                .hasMessage("File format not supported: none");
    }
}
