package org.skep.lsm.cell;

/**
 * The order of cells: row, family and qualifier as unsigned bytes ascending, then timestamp, type
 * code and sequence id descending. Source: HBase's {@code CellComparatorImpl}. Stateless.
 */
public final class CellOrder {
    private CellOrder() {}

    /** Compares two cells in all parts. */
    public static int compare(CellView a, CellView b) {
        int order = compareKeys(a, b);
        return order != 0 ? order : Long.compare(b.sequence(), a.sequence());
    }

    /** Compares two cells in all parts but the sequence id. */
    public static int compareKeys(CellView a, CellView b) {
        int order = compareRows(a, b);
        if (order != 0) {
            return order;
        }
        return compareWithinRow(a, b);
    }

    /** Compares rows alone. */
    public static int compareRows(CellView a, CellView b) {
        return Bytes.compare(
                a.buffer(), a.rowOffset(), a.rowLength(), b.buffer(), b.rowOffset(), b.rowLength());
    }

    /** Compares families, qualifiers, timestamps and types of cells that have the same row. */
    public static int compareWithinRow(CellView a, CellView b) {
        // A fake "last of its row" key sorts behind all cells of the row.
        boolean aLast = lastOfRow(a);
        boolean bLast = lastOfRow(b);
        if (aLast || bLast) {
            return Boolean.compare(aLast, bLast);
        }
        int order = compareColumns(a, b);
        return order != 0 ? order : compareWithinColumn(a, b);
    }

    /** Compares families and qualifiers of stored cells, which are no seek keys. */
    public static int compareColumns(CellView a, CellView b) {
        int order =
                Bytes.compare(
                        a.buffer(),
                        a.familyOffset(),
                        a.familyLength(),
                        b.buffer(),
                        b.familyOffset(),
                        b.familyLength());
        if (order != 0) {
            return order;
        }
        return Bytes.compare(
                a.buffer(),
                a.qualifierOffset(),
                a.qualifierLength(),
                b.buffer(),
                b.qualifierOffset(),
                b.qualifierLength());
    }

    /** Compares timestamps and types of cells that have the same row and column. */
    public static int compareWithinColumn(CellView a, CellView b) {
        int order = Long.compare(b.timestamp(), a.timestamp());
        return order != 0 ? order : b.type() - a.type();
    }

    private static boolean lastOfRow(CellView cell) {
        return cell.type() == 0 && cell.familyLength() == 0 && cell.qualifierLength() == 0;
    }

    /** Compares a row with that of a cell. */
    public static int compareRows(byte[] row, CellView cell) {
        return Bytes.compare(row, 0, row.length, cell.buffer(), cell.rowOffset(), cell.rowLength());
    }
}
