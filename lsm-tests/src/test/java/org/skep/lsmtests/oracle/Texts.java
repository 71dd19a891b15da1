package org.skep.lsmtests.oracle;

import org.apache.hadoop.hbase.util.Bytes;

/** How cells of both stores are told. Stateless. */
final class Texts {
    private Texts() {}

    /**
     * A cell.
     *
     * @param marker empty for a value
     */
    static String cell(
            byte[] row,
            byte[] family,
            byte[] qualifier,
            long timestamp,
            String marker,
            byte[] value) {
        return "%s/%s:%s@%d%s"
                .formatted(
                        Bytes.toStringBinary(row),
                        Bytes.toStringBinary(family),
                        Bytes.toStringBinary(qualifier),
                        timestamp,
                        marker.isEmpty() ? "=" + Bytes.toStringBinary(value) : "/" + marker);
    }
}
