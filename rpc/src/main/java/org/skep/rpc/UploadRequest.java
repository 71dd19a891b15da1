package org.skep.rpc;

/** Asks for data to be written to a table or a path. Immutable by agreement: bytes are shared. */
public final class UploadRequest {
    private final String table;
    private final String path;
    private final byte[] data;

    /** A request; one of {@code table} and {@code path} may be null. */
    public UploadRequest(String table, String path, byte[] data) {
        this.table = table;
        this.path = path;
        this.data = data;
    }

    /** The table's name, or null. */
    public String table() {
        return table;
    }

    /** The path, or null. */
    public String path() {
        return path;
    }

    /** The data; not to be written. */
    public byte[] data() {
        return data;
    }
}
