/**
 * Tests of the ORC format, with files of our own and of the library's. Start at {@link
 * org.skep.columnar.orc.RoundTripTest}.
 */
package org.skep.columnar.orc;
