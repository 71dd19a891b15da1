/** The catalogue of failures that users can see. Start at {@link org.skep.base.error.ErrorCode}. */
package org.skep.base.error;
