package org.skep.columnar.text;

import org.skep.types.CharType;
import org.skep.types.DataType;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * Turns the fields of one column of a batch into a vector. Strings stay where they are, in the
 * reader's window. Confined to one thread.
 */
final class ColumnDecoder {
    private final TextOptions options;
    private final ScalarDecoders scalars;
    private final FieldDecoder decoder;
    private final ColumnVector vector;
    private final boolean characters;
    private final int mostCharacters;
    private final boolean trims;
    private final int[] starts;
    private final int[] lengths;

    ColumnDecoder(
            TextOptions options,
            ScalarDecoders scalars,
            FieldDecoder decoder,
            DataType type,
            int capacity) {
        this.options = options;
        this.scalars = scalars;
        this.decoder = decoder;
        vector = ColumnVector.create(type, capacity);
        characters = type.kind().isCharacter();
        mostCharacters = ScalarDecoders.mostCharacters(type);
        trims = type instanceof CharType;
        starts = characters ? ((BytesVector) vector).starts() : new int[capacity];
        lengths = characters ? ((BytesVector) vector).lengths() : new int[capacity];
    }

    ColumnVector vector() {
        return vector;
    }

    /** Where the splitter puts the fields' beginnings. */
    int[] starts() {
        return starts;
    }

    /** Where the splitter puts the fields' lengths. */
    int[] lengths() {
        return lengths;
    }

    /** Decodes the selected rows and answers how many fields could not be read. */
    long decode(byte[] data, Selection selection) {
        vector.reset();
        if (characters) {
            decodeCharacters(data, selection);
            return 0;
        }
        long damage = 0;
        int count = selection.count();
        int[] positions = selection.positions();
        for (int k = 0; k < count; k++) {
            int row = positions == null ? k : positions[k];
            int length = lengths[row];
            if (options.isNull(data, starts[row], length)) {
                vector.setNull(row);
            } else if (!decoder.decode(data, starts[row], length, vector, row)) {
                vector.setNull(row);
                // An empty field is how many programs write NULL.
                damage += length == 0 ? 0 : 1;
            }
        }
        return damage;
    }

    private void decodeCharacters(byte[] data, Selection selection) {
        ((BytesVector) vector).share(data);
        boolean escapes = options.escapes();
        int count = selection.count();
        int[] positions = selection.positions();
        for (int k = 0; k < count; k++) {
            int row = positions == null ? k : positions[k];
            int start = starts[row];
            int length = lengths[row];
            if (options.isNull(data, start, length)) {
                vector.setNull(row);
                lengths[row] = 0;
                continue;
            }
            if (escapes) {
                length = scalars.unescape(data, start, length, data, start);
            }
            if (length > mostCharacters) {
                length = ScalarDecoders.fit(data, start, length, mostCharacters);
            }
            if (trims) {
                length = ScalarDecoders.trimmed(data, start, length);
            }
            lengths[row] = length;
        }
    }
}
