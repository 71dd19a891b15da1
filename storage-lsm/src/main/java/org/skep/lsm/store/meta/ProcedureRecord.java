package org.skep.lsm.store.meta;

import org.skep.lsm.store.directory.SealedRecord;

/**
 * How far a procedure has come. Immutable; the array is not to be changed.
 *
 * @param id unique in the store; lower ones began earlier
 * @param kind which procedure
 * @param step the number of the step that is next, from 0
 * @param payload what the procedure has to remember, in its own form
 * @param startedMillis when it began
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record ProcedureRecord(long id, String kind, int step, byte[] payload, long startedMillis) {
    private static final int MAGIC = 0x534b5052; // "SKPR"
    private static final int VERSION = 1;

    /** The same with another step to go on with, and what it has to know. */
    public ProcedureRecord at(int nextStep, byte[] newPayload) {
        return new ProcedureRecord(id, kind, nextStep, newPayload, startedMillis);
    }

    byte[] encode() {
        return SealedRecord.write(MAGIC, VERSION)
                .text(kind)
                .number(step)
                .bytes(payload)
                .number(startedMillis)
                .seal();
    }

    static ProcedureRecord decode(long id, byte[] bytes) {
        SealedRecord.Reader reader =
                SealedRecord.read(bytes, MAGIC, VERSION, "procedure %d".formatted(id));
        String kind = reader.text();
        int step = reader.number();
        byte[] payload = reader.bytes();
        return new ProcedureRecord(id, kind, step, payload, reader.longNumber());
    }
}
