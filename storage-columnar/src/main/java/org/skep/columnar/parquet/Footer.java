package org.skep.columnar.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.InvalidParquetMetadataException;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.InputFile;

/** A file's footer, checked against the file's length. Immutable; safe for use by many threads. */
final class Footer {
    private static final int GUESS = 64 << 10;
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);
    // magic, footer length, magic
    private static final int LEAST_LENGTH = 12;

    private final FileMetaData data;
    private final SchemaNode schema;
    private final List<SchemaNode> leaves;
    private final Map<String, String> properties = new HashMap<>();

    private Footer(FileMetaData data, ReadPlace place, long dataEnd) {
        this.data = data;
        leaves = new ArrayList<>();
        schema = SchemaNode.tree(data.getSchema(), place, leaves);
        if (data.getKey_value_metadata() != null) {
            for (KeyValue entry : data.getKey_value_metadata()) {
                properties.put(entry.getKey(), entry.getValue());
            }
        }
        check(place, dataEnd);
    }

    /** Reads the footer of a file that is not empty. */
    static Footer read(InputFile file) {
        ReadPlace place = new ReadPlace(file.path(), "");
        long length = file.length();
        if (length < LEAST_LENGTH) {
            throw notParquet(file.path());
        }
        int tailLength = (int) Math.min(length, GUESS);
        byte[] tail = new byte[tailLength];
        file.readFully(length - tailLength, tail, 0, tailLength);
        if (matches(tail, tailLength - 4, ENCRYPTED)) {
            throw place.unsupported("the file is encrypted");
        }
        if (!matches(tail, tailLength - 4, MAGIC)) {
            throw notParquet(file.path());
        }
        long footerLength = (int) ByteOrderReads.INT.get(tail, tailLength - 8) & 0xffffffffL;
        long footerAt = length - 8 - footerLength;
        if (footerLength > length - LEAST_LENGTH || footerLength == 0) {
            throw place.corrupt(
                    length - 8,
                    "footer of %d bytes in a file of %d".formatted(footerLength, length));
        }
        if (footerLength > tailLength - 8) {
            tail = new byte[(int) Math.min(footerLength + 8, Integer.MAX_VALUE - 16)];
            tailLength = tail.length;
            file.readFully(length - tailLength, tail, 0, tailLength);
        }
        int from = (int) (tailLength - 8 - footerLength);
        return parse(tail, from, tailLength - 8, place, footerAt);
    }

    private static Footer parse(byte[] bytes, int from, int to, ReadPlace place, long footerAt) {
        if (CompactStruct.end(bytes, from, to) < 0) {
            throw place.corrupt(
                    footerAt, "the footer of %d bytes is malformed".formatted(to - from));
        }
        try {
            FileMetaData data =
                    Util.readFileMetaData(new ByteArrayInputStream(bytes, from, to - from));
            return new Footer(data, place, footerAt);
        } catch (IOException | InvalidParquetMetadataException e) {
            throw place.corrupt(footerAt, "the footer is malformed: " + e.getMessage(), e);
        }
    }

    private static boolean matches(byte[] data, int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (data[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static SkepException notParquet(String path) {
        return new SkepException(
                ErrorCode.CORRUPT_FILE, "Cannot read %s: not a Parquet file".formatted(path));
    }

    private void check(ReadPlace place, long dataEnd) {
        long rows = 0;
        if (data.getRow_groups() == null) {
            throw place.corrupt(dataEnd, "the footer has no list of row groups");
        }
        for (RowGroup group : data.getRow_groups()) {
            if (group.getNum_rows() < 0 || rows + group.getNum_rows() < 0) {
                throw place.corrupt(dataEnd, "row group of %d rows".formatted(group.getNum_rows()));
            }
            rows += group.getNum_rows();
            int columns = group.getColumns() == null ? 0 : group.getColumns().size();
            if (columns != leaves.size()) {
                throw place.corrupt(
                        dataEnd,
                        "row group has %d columns, the schema %d"
                                .formatted(columns, leaves.size()));
            }
            for (int i = 0; i < columns; i++) {
                check(group, i, place, dataEnd);
            }
        }
        if (rows != data.getNum_rows()) {
            throw place.corrupt(
                    dataEnd,
                    "row groups have %d rows, the file %d".formatted(rows, data.getNum_rows()));
        }
    }

    private void check(RowGroup group, int leaf, ReadPlace file, long dataEnd) {
        SchemaNode node = leaves.get(leaf);
        ReadPlace place = new ReadPlace(file.path(), node.path());
        ColumnChunk chunk = group.getColumns().get(leaf);
        if (chunk.isSetFile_path()) {
            throw place.unsupported("its data is in another file: " + chunk.getFile_path());
        }
        ColumnMetaData meta = chunk.getMeta_data();
        if (meta == null) {
            throw place.unsupported("its metadata is missing or encrypted");
        }
        long start = start(meta);
        long size = meta.getTotal_compressed_size();
        if (start < 4 || size < 0 || start > dataEnd - size) {
            throw place.corrupt(
                    dataEnd,
                    "chunk at %d of %d bytes ends after %d".formatted(start, size, dataEnd));
        }
        boolean flat = node.repetitionLevel() == 0;
        if (meta.getNum_values() < 0 || (flat && meta.getNum_values() != group.getNum_rows())) {
            throw place.corrupt(
                    dataEnd,
                    "chunk of %d values in a row group of %d rows"
                            .formatted(meta.getNum_values(), group.getNum_rows()));
        }
        if (meta.getTotal_uncompressed_size() < 0) {
            throw place.corrupt(
                    dataEnd, "chunk of %d bytes".formatted(meta.getTotal_uncompressed_size()));
        }
        if (meta.isSetType() && meta.getType() != node.element().getType()) {
            throw place.corrupt(
                    dataEnd,
                    "chunk of type %s, schema says %s"
                            .formatted(meta.getType(), node.element().getType()));
        }
    }

    /** Where a chunk's first page lies: the dictionary, if there is one. */
    static long start(ColumnMetaData meta) {
        long first = meta.getData_page_offset();
        if (meta.isSetDictionary_page_offset()
                && meta.getDictionary_page_offset() > 0
                && meta.getDictionary_page_offset() < first) {
            first = meta.getDictionary_page_offset();
        }
        return first;
    }

    /** Where a row group's first chunk lies; a group without columns is at the file's begin. */
    static long start(RowGroup group) {
        long first = Long.MAX_VALUE;
        for (ColumnChunk chunk : group.getColumns()) {
            first = Math.min(first, start(chunk.getMeta_data()));
        }
        return first == Long.MAX_VALUE ? 0 : first;
    }

    FileMetaData data() {
        return data;
    }

    List<RowGroup> rowGroups() {
        return data.getRow_groups();
    }

    SchemaNode schema() {
        return schema;
    }

    List<SchemaNode> leaves() {
        return leaves;
    }

    /** The key-value pairs that the writer left. */
    Map<String, String> properties() {
        return properties;
    }

    /** The software that wrote the file, or an empty string. */
    String createdBy() {
        return data.getCreated_by() == null ? "" : data.getCreated_by();
    }
}
