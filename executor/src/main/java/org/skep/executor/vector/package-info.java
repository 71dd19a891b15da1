/**
 * Moving values between vectors of any encoding. Start at {@link
 * org.skep.executor.vector.RowBuffer}.
 */
package org.skep.executor.vector;
