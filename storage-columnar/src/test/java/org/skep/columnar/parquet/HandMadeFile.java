package org.skep.columnar.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * Puts a file of one row group together from schema elements and the bytes of pages, for what no
 * writer at hand writes. Confined to one thread.
 */
final class HandMadeFile {
    private final List<SchemaElement> schema = new ArrayList<>();
    private final List<ColumnChunk> chunks = new ArrayList<>();
    private final List<KeyValue> properties = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int rows;
    private String createdBy = "somebody";

    /** A file of so many rows and top-level fields. */
    HandMadeFile(int rows, int fields) {
        this.rows = rows;
        SchemaElement root = new SchemaElement("root");
        root.setNum_children(fields);
        schema.add(root);
        out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
    }

    HandMadeFile createdBy(String name) {
        createdBy = name;
        return this;
    }

    HandMadeFile property(String key, String value) {
        KeyValue entry = new KeyValue(key);
        entry.setValue(value);
        properties.add(entry);
        return this;
    }

    SchemaElement group(String name, FieldRepetitionType repetition, int children) {
        SchemaElement element = new SchemaElement(name);
        element.setRepetition_type(repetition);
        element.setNum_children(children);
        schema.add(element);
        return element;
    }

    SchemaElement leaf(String name, FieldRepetitionType repetition, Type type) {
        SchemaElement element = new SchemaElement(name);
        element.setRepetition_type(repetition);
        element.setType(type);
        schema.add(element);
        return element;
    }

    /** A required leaf with one page of values. */
    SchemaElement column(String name, Type type, Encoding encoding, byte[] values)
            throws IOException {
        SchemaElement element = leaf(name, FieldRepetitionType.REQUIRED, type);
        page(type, encoding, rows, values);
        return element;
    }

    /** The chunk of the last leaf, with one page. */
    void page(Type type, Encoding encoding, int levels, byte[] body) throws IOException {
        long at = out.size();
        PageHeader header = new PageHeader(PageType.DATA_PAGE, body.length, body.length);
        header.setData_page_header(
                new DataPageHeader(levels, encoding, Encoding.RLE, Encoding.RLE));
        Util.writePageHeader(header, out);
        out.writeBytes(body);
        long size = out.size() - at;
        ColumnChunk chunk = new ColumnChunk(0);
        chunk.setMeta_data(
                new ColumnMetaData(
                        type,
                        List.of(encoding),
                        List.of(schema.get(schema.size() - 1).getName()),
                        CompressionCodec.UNCOMPRESSED,
                        levels,
                        size,
                        size,
                        at));
        chunks.add(chunk);
    }

    String write(Path path) throws IOException {
        int at = out.size();
        FileMetaData data =
                new FileMetaData(1, schema, rows, List.of(new RowGroup(chunks, at, rows)));
        data.setCreated_by(createdBy);
        data.setKey_value_metadata(properties);
        Util.writeFileMetaData(data, out);
        out.writeBytes(ints(out.size() - at));
        out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        Files.write(path, out.toByteArray());
        return path.toString();
    }

    static byte[] ints(int... values) {
        ByteSink sink = new ByteSink(64);
        for (int value : values) {
            sink.writeInt(value);
        }
        return sink.toArray();
    }

    static byte[] longs(long... values) {
        ByteSink sink = new ByteSink(64);
        for (long value : values) {
            sink.writeInt((int) value);
            sink.writeInt((int) (value >> 32));
        }
        return sink.toArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    /** Levels as pages of version 1 have them. */
    static byte[] levels(int most, int... values) {
        ByteSink sink = new ByteSink(64);
        RleWriter.write(values, values.length, RleWriter.bits(most), sink);
        return join(ints(sink.size()), sink.toArray());
    }

    /** DELTA_BINARY_PACKED, in blocks of 128 with differences of 33 bits. */
    static byte[] deltas(int... values) {
        ByteSink sink = new ByteSink(64);
        sink.writeVarint(128);
        sink.writeVarint(4);
        sink.writeVarint(values.length);
        sink.writeVarint(values.length == 0 ? 0 : values[0] << 1 ^ values[0] >> 31);
        for (int block = 1; block < values.length; block += 128) {
            long least = 0;
            for (int i = block; i < Math.min(values.length, block + 128); i++) {
                least = Math.min(least, (long) values[i] - values[i - 1]);
            }
            long zigzag = least << 1 ^ least >> 63;
            while (zigzag > 0x7f) {
                sink.write((int) ((zigzag & 0x7f) | 0x80));
                zigzag >>>= 7;
            }
            sink.write((int) zigzag);
            sink.write(33);
            sink.write(33);
            sink.write(33);
            sink.write(33);
            // parts without a value are left out
            int parts = (Math.min(values.length - block, 128) + 31) / 32;
            byte[] packed = new byte[parts * 33 * 4];
            for (int i = block; i < Math.min(values.length, block + 128); i++) {
                long rest = (long) values[i] - values[i - 1] - least;
                for (int bit = 0; bit < 33; bit++) {
                    int position = (i - block) * 33 + bit;
                    packed[position / 8] |= (byte) ((rest >> bit & 1) << position % 8);
                }
            }
            sink.write(packed, 0, packed.length);
        }
        return sink.toArray();
    }
}
