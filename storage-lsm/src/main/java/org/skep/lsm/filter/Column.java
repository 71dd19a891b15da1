package org.skep.lsm.filter;

import java.util.Arrays;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellView;

/**
 * A family and a qualifier. Immutable.
 *
 * @param family not to be changed
 * @param qualifier not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Column(byte[] family, byte[] qualifier) {
    boolean is(CellView cell) {
        return Bytes.equal(
                        qualifier,
                        0,
                        qualifier.length,
                        cell.buffer(),
                        cell.qualifierOffset(),
                        cell.qualifierLength())
                && Bytes.equal(
                        family,
                        0,
                        family.length,
                        cell.buffer(),
                        cell.familyOffset(),
                        cell.familyLength());
    }

    boolean is(Cell cell) {
        return Arrays.equals(family, cell.family()) && Arrays.equals(qualifier, cell.qualifier());
    }
}
