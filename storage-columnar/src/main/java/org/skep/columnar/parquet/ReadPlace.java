package org.skep.columnar.parquet;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * The file and the column that a reader is in, for its errors. Immutable.
 *
 * @param column dotted path of the column, or an empty string for the file as a whole
 */
record ReadPlace(String path, String column) {
    /** Bytes that no writer can have meant. */
    SkepException corrupt(long offset, String what) {
        String where = column.isEmpty() ? "" : ", column " + column;
        return new SkepException(
                ErrorCode.CORRUPT_FILE,
                "Cannot read %s: corrupt%s at offset %d: %s".formatted(path, where, offset, what));
    }

    /** Corruption that an exception told of. */
    SkepException corrupt(long offset, String what, Throwable cause) {
        SkepException failure = corrupt(offset, what);
        return new SkepException(failure.code(), failure.getMessage(), cause);
    }

    /** Something that the format allows and that is not read here. */
    SkepException unsupported(String what) {
        String where = column.isEmpty() ? "" : ", column " + column;
        return new SkepException(
                ErrorCode.NOT_SUPPORTED, "Cannot read %s%s: %s".formatted(path, where, what));
    }
}
