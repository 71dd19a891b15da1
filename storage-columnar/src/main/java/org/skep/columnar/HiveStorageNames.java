package org.skep.columnar;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The class names by which Hive knows a file format; they appear in {@code SHOW CREATE TABLE} and
 * in catalogues, and are never loaded. Immutable.
 *
 * @param format our name of the format
 * @param serde of rows
 * @param inputFormat of files read
 * @param outputFormat of files written
 */
public record HiveStorageNames(
        String format, String serde, String inputFormat, String outputFormat) {
    private static final String SERDE = "org.apache.hadoop.hive.serde2.";
    private static final String IO = "org.apache.hadoop.hive.ql.io.";
    private static final String TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat";
    private static final String TEXT_OUTPUT = IO + "HiveIgnoreKeyTextOutputFormat";

    private static final List<HiveStorageNames> ALL =
            List.of(
                    ofText("text", SERDE + "lazy.LazySimpleSerDe"),
                    ofText("csv", SERDE + "OpenCSVSerde"),
                    ofText("json", SERDE + "JsonSerDe"),
                    ofText("regex", SERDE + "RegexSerDe"),
                    ofText("multidelimit", SERDE + "MultiDelimitSerDe"),
                    new HiveStorageNames(
                            "parquet",
                            IO + "parquet.serde.ParquetHiveSerDe",
                            IO + "parquet.MapredParquetInputFormat",
                            IO + "parquet.MapredParquetOutputFormat"),
                    new HiveStorageNames(
                            "orc",
                            IO + "orc.OrcSerde",
                            IO + "orc.OrcInputFormat",
                            IO + "orc.OrcOutputFormat"),
                    new HiveStorageNames(
                            "avro",
                            SERDE + "avro.AvroSerDe",
                            IO + "avro.AvroContainerInputFormat",
                            IO + "avro.AvroContainerOutputFormat"),
                    new HiveStorageNames(
                            "rcfile",
                            SERDE + "columnar.LazyBinaryColumnarSerDe",
                            IO + "RCFileInputFormat",
                            IO + "RCFileOutputFormat"),
                    new HiveStorageNames(
                            "sequencefile",
                            SERDE + "lazy.LazySimpleSerDe",
                            "org.apache.hadoop.mapred.SequenceFileInputFormat",
                            IO + "HiveSequenceFileOutputFormat"));

    // Other names of the same things, by the last part of the class name in lower case.
    private static final Map<String, String> FORMAT_OF_SERDE =
            Map.ofEntries(
                    Map.entry("lazysimpleserde", "text"),
                    Map.entry("metadatatypedcolumnsetserde", "text"),
                    Map.entry("opencsvserde", "csv"),
                    Map.entry("csvserde", "csv"),
                    Map.entry("jsonserde", "json"),
                    Map.entry("regexserde", "regex"),
                    Map.entry("multidelimitserde", "multidelimit"),
                    Map.entry("parquethiveserde", "parquet"),
                    Map.entry("orcserde", "orc"),
                    Map.entry("avroserde", "avro"),
                    Map.entry("columnarserde", "rcfile"),
                    Map.entry("lazybinarycolumnarserde", "rcfile"));

    private static final Map<String, String> FORMAT_OF_INPUT =
            Map.ofEntries(
                    Map.entry("mapredparquetinputformat", "parquet"),
                    Map.entry("deprecatedparquetinputformat", "parquet"),
                    Map.entry("orcinputformat", "orc"),
                    Map.entry("orcnewinputformat", "orc"),
                    Map.entry("avrocontainerinputformat", "avro"),
                    Map.entry("rcfileinputformat", "rcfile"),
                    Map.entry("sequencefileinputformat", "sequencefile"));

    private static final Map<String, String> FORMAT_OF_KEYWORD =
            Map.ofEntries(
                    Map.entry("textfile", "text"),
                    Map.entry("parquet", "parquet"),
                    Map.entry("parquetfile", "parquet"),
                    Map.entry("orc", "orc"),
                    Map.entry("orcfile", "orc"),
                    Map.entry("avro", "avro"),
                    Map.entry("avrofile", "avro"),
                    Map.entry("rcfile", "rcfile"),
                    Map.entry("sequencefile", "sequencefile"),
                    Map.entry("jsonfile", "json"));

    private static HiveStorageNames ofText(String format, String serde) {
        return new HiveStorageNames(format, serde, TEXT_INPUT, TEXT_OUTPUT);
    }

    /** Hive's names of a format of ours; empty for a name that no format of Hive's has. */
    public static Optional<HiveStorageNames> of(String format) {
        return ALL.stream().filter(names -> names.format().equals(format)).findFirst();
    }

    /**
     * Our name of the format behind Hive's class names; empty if we know none.
     *
     * @param serde may be null, which is LazySimpleSerDe for text and the format's own for others
     * @param inputFormat may be null, which leaves it to the serde
     */
    public static Optional<String> formatOf(String serde, String inputFormat) {
        if (inputFormat != null) {
            String format = FORMAT_OF_INPUT.get(lastPart(inputFormat));
            if (format != null) {
                return Optional.of(format);
            }
            if (serde == null) {
                return isTextInput(inputFormat) ? Optional.of("text") : Optional.empty();
            }
        }
        return serde == null
                ? Optional.empty()
                : Optional.ofNullable(FORMAT_OF_SERDE.get(lastPart(serde)));
    }

    private static boolean isTextInput(String inputFormat) {
        return lastPart(inputFormat).equals("textinputformat");
    }

    /** Our name of what STORED AS calls a format, in any case; empty if there is no such. */
    public static Optional<String> formatOfKeyword(String keyword) {
        return Optional.ofNullable(FORMAT_OF_KEYWORD.get(keyword.toLowerCase(Locale.ROOT)));
    }

    private static String lastPart(String className) {
        return className.substring(className.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
