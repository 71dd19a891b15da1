package org.skep.lsm.cell;

/**
 * What a cell does: gives a value or hides others. The codes are HBase's, stored in every cell:
 * never reuse or renumber. Of cells that are otherwise equal the one with the greater code comes
 * first.
 */
public enum CellType {
    /** In seek keys only: after every cell of its coordinates. */
    MINIMUM(0),
    /** A value. */
    PUT(4),
    /** Hides the one version with exactly its timestamp. */
    DELETE(8),
    /** Hides the version with exactly its timestamp in every column of the family. */
    DELETE_FAMILY_VERSION(10),
    /** Hides all versions of its column up to its timestamp. */
    DELETE_COLUMN(12),
    /** Hides all versions of all columns of its family up to its timestamp. */
    DELETE_FAMILY(14),
    /** In seek keys only: before every cell of its coordinates. */
    MAXIMUM(255);

    private final int code;

    CellType(int code) {
        this.code = code;
    }

    /** The byte on disk, unsigned. */
    public int code() {
        return code;
    }

    /** Whether cells with this code hide others. */
    public static boolean deletes(int code) {
        return code >= DELETE.code && code <= DELETE_FAMILY.code;
    }

    /**
     * The type with a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CellType of(int code) {
        return switch (code) {
            case 0 -> MINIMUM;
            case 4 -> PUT;
            case 8 -> DELETE;
            case 10 -> DELETE_FAMILY_VERSION;
            case 12 -> DELETE_COLUMN;
            case 14 -> DELETE_FAMILY;
            case 255 -> MAXIMUM;
            default -> throw new IllegalArgumentException("Cell type not found: " + code);
        };
    }
}
