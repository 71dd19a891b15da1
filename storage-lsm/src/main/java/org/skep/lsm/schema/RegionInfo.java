package org.skep.lsm.schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A region: a range of the rows of a table, under a name that is never given twice. Names are
 * HBase's. Immutable; the arrays are not to be changed.
 *
 * @param table the table
 * @param startRow the first row that can be in it; empty for no bound
 * @param stopRow the first row behind it; empty for no bound
 * @param regionId the millisecond in which it was made, or a later one where two regions would
 *     otherwise share a name
 */
@SuppressWarnings("ArrayRecordComponent") // Equality is by content.
public record RegionInfo(TableName table, byte[] startRow, byte[] stopRow, long regionId) {
    public RegionInfo {
        startRow = startRow.clone();
        stopRow = stopRow.clone();
        if (stopRow.length > 0 && Arrays.compareUnsigned(startRow, stopRow) >= 0) {
            throw new IllegalArgumentException(
                    "Region must end behind its start: %s, %s"
                            .formatted(printable(startRow), printable(stopRow)));
        }
    }

    private byte[] prefix() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(table.toString().getBytes(StandardCharsets.UTF_8));
        bytes.write(',');
        bytes.writeBytes(startRow);
        bytes.write(',');
        bytes.writeBytes(Long.toString(regionId).getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }

    /**
     * The name of the region's directory, unique in the store: 32 hexadecimal digits, the MD5 of
     * {@code table,startRow,regionId}.
     */
    public String encodedName() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(prefix()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The region's row in the meta table: {@code table,startRow,regionId.encodedName.} */
    public byte[] metaRow() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(prefix());
        bytes.writeBytes(("." + encodedName() + ".").getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }

    /** Whether a row belongs to this region. */
    public boolean contains(byte[] row) {
        return Arrays.compareUnsigned(row, startRow) >= 0
                && (stopRow.length == 0 || Arrays.compareUnsigned(row, stopRow) < 0);
    }

    /** Whether a row can belong to both this region and another. */
    public boolean overlaps(RegionInfo other) {
        return (other.stopRow.length == 0 || Arrays.compareUnsigned(startRow, other.stopRow) < 0)
                && (stopRow.length == 0 || Arrays.compareUnsigned(other.startRow, stopRow) < 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegionInfo info
                && regionId == info.regionId
                && table.equals(info.table)
                && Arrays.equals(startRow, info.startRow)
                && Arrays.equals(stopRow, info.stopRow);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(startRow) + Long.hashCode(regionId);
    }

    /** Such as {@code goods[a, m) 1700000000000}; bytes beyond printable ASCII as {@code \x00}. */
    @Override
    public String toString() {
        return "%s[%s, %s) %d".formatted(table, printable(startRow), printable(stopRow), regionId);
    }

    /** Bytes as text: those beyond printable ASCII as {@code \x00}. */
    public static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            if (b >= ' ' && b <= '~' && b != '\\') {
                text.append((char) b);
            } else {
                text.append("\\x").append("%02X".formatted(b & 0xff));
            }
        }
        return text.toString();
    }
}
