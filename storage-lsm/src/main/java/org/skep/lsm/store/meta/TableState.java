package org.skep.lsm.store.meta;

/** Whether a table can be read and written. */
public enum TableState {
    /** Its regions are open. */
    ENABLED(0),
    /** Its regions are closed. */
    DISABLED(1);

    // Stored in meta rows, HBase's numbers: never reuse or renumber.
    private final int code;

    TableState(int code) {
        this.code = code;
    }

    /** The cell's value, as HBase has it: a protobuf with one field. */
    byte[] encode() {
        return new byte[] {0x08, (byte) code};
    }

    static TableState decode(byte[] bytes) {
        for (TableState state : values()) {
            if (bytes.length == 2 && bytes[0] == 0x08 && bytes[1] == state.code) {
                return state;
            }
        }
        throw new org.skep.base.error.SkepException(
                org.skep.base.error.ErrorCode.CORRUPT_FILE, "Meta table holds no table state");
    }
}
