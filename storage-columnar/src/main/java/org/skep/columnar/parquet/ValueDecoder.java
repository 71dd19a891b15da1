package org.skep.columnar.parquet;

import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.vector.ColumnVector;

/**
 * Decodes the values of pages of one encoding into vectors. NULLs are none of its business: it
 * writes the values that are there to consecutive positions. Confined to one thread.
 */
abstract class ValueDecoder {
    /** The decoder of a physical type and encoding (not a dictionary one). */
    static ValueDecoder create(FileType type, Encoding encoding, PageReader page) {
        ValueDecoder decoder =
                switch (type.physical()) {
                    case BOOLEAN -> BooleanDecoder.create(encoding, page);
                    case INT32, INT64 -> LongDecoder.create(type, encoding, page);
                    case FLOAT, DOUBLE -> DoubleDecoder.create(type, encoding, page);
                    case BYTE_ARRAY -> BytesDecoder.create(encoding, page);
                    case INT96, FIXED_LEN_BYTE_ARRAY -> FixedDecoder.create(type, encoding, page);
                };
        if (decoder == null) {
            throw page.place()
                    .unsupported("encoding %s of type %s".formatted(encoding, type.physical()));
        }
        return decoder;
    }

    /** Whether dictionary indexes stand for the values of such a page. */
    static boolean isDictionary(Encoding encoding) {
        return encoding == Encoding.PLAIN_DICTIONARY || encoding == Encoding.RLE_DICTIONARY;
    }

    /** Begins a page's values; the buffer reaches eight bytes beyond {@code to}. */
    abstract void open(byte[] data, int from, int to, int count);

    /**
     * Decodes the next values.
     *
     * @param share whether values of variable length may point into the page's buffer
     */
    abstract void read(ColumnVector target, int at, int count, boolean share);

    /** Passes over the next values. */
    abstract void skip(int count);

    /** Whether vectors of {@code wanted} can be decoded into directly. */
    static boolean direct(FileType type, DataType wanted) {
        DataType natural = type.natural();
        if (natural.equals(wanted)) {
            return true;
        }
        TypeKind from = natural.kind();
        TypeKind to = wanted.kind();
        if (from.isInteger() && to.isInteger()) {
            return from.compareTo(to) <= 0;
        }
        if (type.physical() == Type.FIXED_LEN_BYTE_ARRAY && from != TypeKind.BINARY) {
            return from == TypeKind.FLOAT && to == TypeKind.DOUBLE;
        }
        if (from == TypeKind.STRING || from == TypeKind.BINARY) {
            return to == TypeKind.STRING || to == TypeKind.BINARY;
        }
        return from == TypeKind.FLOAT && to == TypeKind.DOUBLE;
    }
}
