/** Tests of row encoding. Start at {@link org.skep.server.rows.RowEncoderTest}. */
package org.skep.server.rows;
