package org.skep.engine.publish;

/**
 * A file on its way from one name to another. Immutable.
 *
 * @param from where it is before
 * @param to where it is to be; nothing else is ever there
 * @param length in bytes, by which the file is known again
 * @param modifiedMillis its modification time, by which it is known again; -1 if not known
 */
record FileMove(String from, String to, long length, long modifiedMillis) {
    /** The directory from which it goes. */
    String source() {
        return from.substring(0, from.lastIndexOf('/'));
    }

    /** The directory in which it comes. */
    String target() {
        return to.substring(0, to.lastIndexOf('/'));
    }
}
