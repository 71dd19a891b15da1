package org.skep.engine.statement;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.columnar.HiveStorageNames;
import org.skep.engine.session.StatementContext;
import org.skep.engine.settings.SettingKeys;
import org.skep.metastore.TableStorage;
import org.skep.parser.ast.Property;
import org.skep.parser.ast.RowFormat;
import org.skep.parser.ast.StorageFormat;

/** Turns ROW FORMAT and STORED AS into how a table is stored. Confined to one thread. */
final class StorageClauses {
    private final StatementContext context;

    StorageClauses(StatementContext context) {
        this.context = context;
    }

    /**
     * The storage that the clauses ask for, without a location; what they do not say is the
     * default.
     */
    TableStorage storage(Optional<RowFormat> rowFormat, Optional<StorageFormat> format) {
        Collector collector = new Collector();
        rowFormat.ifPresent(clause -> clause.accept(collector));
        format.ifPresent(clause -> clause.accept(collector));
        return collector.storage();
    }

    /** The storage of a format by its keyword, such as {@code parquet}. */
    TableStorage named(String keyword) {
        Collector collector = new Collector();
        collector.keyword(keyword);
        return collector.storage();
    }

    private final class Collector implements RowFormat.Visitor<Void>, StorageFormat.Visitor<Void> {
        private final Map<String, String> properties = new TreeMap<>();
        private String serde;
        private String inputFormat;
        private String outputFormat;
        private String keywordFormat;
        private boolean delimited;

        @Override
        public Void delimited(RowFormat.Delimited node) {
            delimited = true;
            node.fieldTerminator()
                    .ifPresent(
                            text -> {
                                properties.put("field.delim", text);
                                properties.put("serialization.format", text);
                            });
            node.escape().ifPresent(text -> properties.put("escape.delim", text));
            node.itemTerminator().ifPresent(text -> properties.put("collection.delim", text));
            node.keyTerminator().ifPresent(text -> properties.put("mapkey.delim", text));
            node.nullText().ifPresent(text -> properties.put("serialization.null.format", text));
            node.lineTerminator()
                    .ifPresent(
                            text -> {
                                if (!text.equals("\n") && !text.equals("10")) {
                                    throw new SkepException(
                                            ErrorCode.SEMANTIC_ERROR,
                                            node.location(),
                                            "LINES TERMINATED BY only supports newline '\\n' right now");
                                }
                                properties.put("line.delim", "\n");
                            });
            return null;
        }

        @Override
        public Void serde(RowFormat.Serde node) {
            serde = node.className();
            for (Property property : node.properties()) {
                properties.put(property.key(), property.value());
            }
            return null;
        }

        @Override
        public Void named(StorageFormat.Named node) {
            try {
                keyword(node.name());
            } catch (SkepException e) {
                throw e.at(node.location());
            }
            return null;
        }

        void keyword(String name) {
            keywordFormat =
                    HiveStorageNames.formatOfKeyword(name)
                            .orElseThrow(
                                    () ->
                                            new SkepException(
                                                    ErrorCode.SEMANTIC_ERROR,
                                                    "Unrecognized file format in STORED AS clause: '%s'"
                                                            .formatted(name)));
            HiveStorageNames names = HiveStorageNames.of(keywordFormat).orElseThrow();
            inputFormat = names.inputFormat();
            outputFormat = names.outputFormat();
            if (serde == null && !delimited) {
                serde = names.serde();
            }
        }

        @Override
        public Void classes(StorageFormat.Classes node) {
            inputFormat = node.inputFormat();
            outputFormat = node.outputFormat();
            node.serde().ifPresent(name -> serde = name);
            return null;
        }

        @Override
        public Void handler(StorageFormat.Handler node) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED,
                    node.location(),
                    "STORED BY is not supported yet: " + node.handler());
        }

        TableStorage storage() {
            if (inputFormat == null && serde == null) {
                keyword(defaultFormat());
            }
            String format =
                    keywordFormat != null && !isText(keywordFormat)
                            ? keywordFormat
                            : HiveStorageNames.formatOf(serde, inputFormat)
                                    .orElseThrow(
                                            () ->
                                                    new SkepException(
                                                            ErrorCode.NOT_SUPPORTED,
                                                            "Serde is not supported yet: "
                                                                    + serde));
            // Fails for a format that there is no reader of.
            context.services().formats().named(format);
            HiveStorageNames names = HiveStorageNames.of(format).orElseThrow();
            properties.putIfAbsent("serialization.format", "1");
            return new TableStorage(
                    format,
                    serde == null ? names.serde() : serde,
                    new TreeMap<>(properties),
                    inputFormat == null ? names.inputFormat() : inputFormat,
                    outputFormat == null ? names.outputFormat() : outputFormat,
                    Optional.empty());
        }

        private static boolean isText(String format) {
            return format.equals("text");
        }
    }

    private String defaultFormat() {
        String managed = context.settings().get(SettingKeys.DEFAULT_MANAGED_FILE_FORMAT);
        return managed.equalsIgnoreCase("none")
                ? context.settings().get(SettingKeys.DEFAULT_FILE_FORMAT)
                : managed;
    }
}
